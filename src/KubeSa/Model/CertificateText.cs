using System.Globalization;
using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A certificate in one phrase, the same in views, CSV and JSON.</summary>
internal static class CertificateText
{
    internal static string Of(string subject, DateTime notAfter) =>
        string.Create(CultureInfo.InvariantCulture, $"{ControlCharacters.ShowOnOneLine(subject)} (until {notAfter:yyyy-MM-dd})");
}
