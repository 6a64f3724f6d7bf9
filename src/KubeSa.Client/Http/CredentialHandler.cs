using System.Net;
using System.Net.Http.Headers;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Secrecy;

namespace KubeSa.Client.Http;

/// <summary>
/// Says who we are in every request. Where the server refuses, and the source has something newer to show, tries
/// once more: whatever was asked, a refused request was not carried out.
/// </summary>
internal sealed class CredentialHandler(ClusterConfig config) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var scope = CallScope.Current;
        foreach (var (name, values) in (scope.Impersonation ?? config.Impersonation)?.All() ?? [])
        {
            MultiValueHeaderFilter.Add(request, name, values);
        }

        if (config.Credential is not { } credential)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var call = scope.Call;
        var header = Sendable(await credential.GetHeaderAsync(call, cancellationToken).ConfigureAwait(false));
        request.Headers.Authorization = header;
        CredentialsInUse.Add(header?.Parameter);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized
            || !await credential.RenewAsync(header, call, cancellationToken).ConfigureAwait(false))
        {
            return response;
        }

        response.Dispose();
        call.Notify(new VerboseNotice("The server refused the credentials, but there are newer ones; trying once more."));
        request.Headers.Authorization = Sendable(await credential.GetHeaderAsync(call, cancellationToken).ConfigureAwait(false));
        CredentialsInUse.Add(request.Headers.Authorization?.Parameter);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The last look before a credential becomes a line of the request, wherever it came from.</summary>
    private static AuthenticationHeaderValue? Sendable(AuthenticationHeaderValue? header)
    {
        HeaderText.RequireCredential(header?.Parameter, "The token");
        return header;
    }
}
