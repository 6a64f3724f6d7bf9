using System.Security.Cryptography.X509Certificates;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What is told of a certificate in JSON.</summary>
public sealed class CertificateSummary
{
    internal CertificateSummary(X509Certificate2 certificate) =>
        (Subject, Issuer, SerialNumber, Thumbprint, NotBefore, NotAfter) = (
            ControlCharacters.ShowOnOneLine(certificate.Subject), ControlCharacters.ShowOnOneLine(certificate.Issuer), certificate.SerialNumber, certificate.Thumbprint, certificate.NotBefore, certificate.NotAfter);

    /// <summary>Whose certificate it is.</summary>
    public string Subject { get; }

    /// <summary>Who signed it.</summary>
    public string Issuer { get; }

    /// <summary>Its number, by which its issuer knows it.</summary>
    public string SerialNumber { get; }

    /// <summary>Its fingerprint, SHA-1 in hex, as .NET and Windows show it.</summary>
    public string Thumbprint { get; }

    /// <summary>From when on it is valid, in local time.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Until when it is valid, in local time.</summary>
    public DateTime NotAfter { get; }

    /// <summary>Whose it is and until when it is valid.</summary>
    public override string ToString() => CertificateText.Of(Subject, NotAfter);
}
