using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>A source of what goes into the Authorization header, or of a client certificate in its stead.</summary>
internal interface ICredential
{
    /// <summary>The certificate for new connections, where it is that which changes; null for none.</summary>
    X509Certificate2? Certificate => null;

    /// <summary>The header as it is to be sent now; null where the certificate says it all.</summary>
    ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CallContext call, CancellationToken stop);

    /// <summary>
    /// Called after the server refused <paramref name="refused"/>: whether there is something newer to show. If not,
    /// the refusal stands.
    /// </summary>
    ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CallContext call, CancellationToken stop);
}
