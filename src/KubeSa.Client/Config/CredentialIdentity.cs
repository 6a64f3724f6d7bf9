using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>Who we are by what our credentials themselves say, for servers that cannot be asked.</summary>
internal static class CredentialIdentity
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    /// <summary>The identity; null where the credentials say nothing, as a password or an opaque token does.</summary>
    internal static async Task<Identity?> ReadAsync(ClusterConfig config, CallContext call)
    {
        if (config.Impersonation is not null)
        {
            // Groups are added by the server, and it alone knows whether it lets us.
            return null;
        }

        // The server looks at the certificate first.
        if (config.ClientCertificate is [var certificate, ..])
        {
            return FromCertificate(certificate);
        }

        if (config.Credential is null)
        {
            return null;
        }

        var header = await config.Credential.GetHeaderAsync(call, call.Stop).ConfigureAwait(false);
        return header switch
        {
            { Scheme: "Bearer", Parameter: { } token } => FromToken(token),
            null when config.Credential.Certificate is { } given => FromCertificate(given),
            _ => null,
        };
    }

    internal static string? SubjectOf(X509Certificate2 certificate) => Part(certificate, CommonName).FirstOrDefault();

    private static Identity? FromCertificate(X509Certificate2 certificate) =>
        SubjectOf(certificate) is { } user
            ? new Identity
            {
                UserName = user,
                Groups = [.. Part(certificate, Organization), "system:authenticated"],
                Source = "Certificate",
            }
            : null;

    private static Identity? FromToken(string token)
    {
        try
        {
            var info = new KubeGateway().ReadToken(token);
            return info.UserName is { } user
                ? new Identity { UserName = user, Uid = info.ServiceAccountUid, Groups = info.Groups, Source = "Token" }
                : null;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.InvalidToken)
        {
            return null;
        }
    }

    private static IEnumerable<string> Part(X509Certificate2 certificate, string oid) =>
        certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)
            .Select(part => part.GetSingleElementValue()!);
}
