using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Auth;

/// <summary>A client certificate of the cluster's authority, else a bearer token, else anonymous.</summary>
internal sealed class Authenticator(X509Certificate2 authority, TokenVerifier tokens, ServerVersion serverVersion, TimeProvider time) : IAuthenticator
{
    private static readonly AuthenticationResult Anonymous = new(WellKnownUsers.Anonymous);

    // Building a chain takes milliseconds, and a client shows the same certificate again and again.
    private readonly ConcurrentDictionary<string, UserInfo> _known = new();

    public ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context) => new(Authenticate(context));

    private AuthenticationResult Authenticate(HttpContext context)
    {
        var certificate = context.Connection.ClientCertificate;
        if (certificate is not null && UserOf(certificate) is { } user)
        {
            return new AuthenticationResult(user);
        }

        var bearer = Bearer.Of(context.Request.Headers.Authorization.ToString(), serverVersion);
        if (bearer.Token is null)
        {
            return certificate is not null
                ? new AuthenticationResult(null, "x509: certificate signed by unknown authority")
                : Anonymous with { Warnings = bearer.Warnings };
        }

        var verdict = tokens.Verify(bearer.Token, []);
        return new AuthenticationResult(verdict.User, verdict.Error, verdict.Warnings) { Annotations = verdict.Annotations };
    }

    private UserInfo? UserOf(X509Certificate2 certificate)
    {
        var print = Convert.ToHexString(SHA256.HashData(certificate.RawDataMemory.Span)).ToLowerInvariant();
        if (_known.TryGetValue(print, out var known) && certificate.NotAfter > time.GetUtcNow().LocalDateTime)
        {
            return known;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // A stranger's certificate may name a place to fetch its issuer from.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().LocalDateTime;
        if (!chain.Build(certificate))
        {
            return null;
        }

        var user = Named(certificate, print);
        _known[print] = user;
        return user;
    }

    private UserInfo Named(X509Certificate2 certificate, string print)
    {
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames().ToArray();
        string[] Values(string type) => [.. parts.Where(p => p.GetSingleElementType().Value == type).Select(p => p.GetSingleElementValue() ?? "")];
        IReadOnlyDictionary<string, IReadOnlyList<string>> extra = serverVersion.IsLegacy
            ? new Dictionary<string, IReadOnlyList<string>>()
            : new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/credential-id"] = ["X509SHA256=" + print] };
        const string CommonName = "2.5.4.3";
        const string Organization = "2.5.4.10";
        return new UserInfo(
            Values(CommonName).FirstOrDefault() ?? "", "", [.. Values(Organization), WellKnownUsers.AuthenticatedGroup], extra);
    }
}
