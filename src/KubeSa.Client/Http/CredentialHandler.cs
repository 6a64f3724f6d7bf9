using System.Net;
using KubeSa.Api;

namespace KubeSa.Client.Http;

/// <summary>
/// Says who we are in every request. Where the server refuses, and the source has something newer to show, tries
/// once more: whatever was asked, a refused request was not carried out.
/// </summary>
internal sealed class CredentialHandler(Access access) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var scope = CallScope.Current;
        (scope.Impersonation ?? access.Impersonation)?.AddTo(request);
        if (access.Credential is not { } credential)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var call = scope.Call;
        var header = await credential.GetHeaderAsync(call, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = header;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized
            || !await credential.RenewAsync(header, call, cancellationToken).ConfigureAwait(false))
        {
            return response;
        }

        response.Dispose();
        call.Notify(new VerboseNotice("The server refused the credentials, but there are newer ones; trying once more."));
        request.Headers.Authorization = await credential.GetHeaderAsync(call, cancellationToken).ConfigureAwait(false);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
