using System.Runtime.CompilerServices;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>
/// Tries again when the server is busy, away or not up yet, as long as the call's time allows: for a second or two by
/// itself, in which a server restarts behind a load balancer, and longer where the server says when to come back.
/// Whoever waits at a prompt for a server that is gone must not wait longer.
/// </summary>
internal sealed class RetryHandler(CaBundle? caBundle) : DelegatingHandler
{
    // Made by whoever needs it first; two that need it at once may make one each.
    private RetryPipeline? _pipeline;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The retry library is loaded only when something has gone wrong.
        Task<HttpResponseMessage> first;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!RetryRules.IsWorthwhile(request, response))
            {
                return response;
            }

            first = Task.FromResult(response);
        }
        catch (HttpRequestException failure) when (RetryRules.IsWorthwhile(request, failure, caBundle))
        {
            first = Task.FromException<HttpResponseMessage>(failure);
        }

        return await RetryAsync(request, first, cancellationToken).ConfigureAwait(false);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<HttpResponseMessage> RetryAsync(HttpRequestMessage request, Task<HttpResponseMessage> first, CancellationToken stop) =>
        (_pipeline ??= new RetryPipeline()).RetryAsync(first, token => base.SendAsync(request, token), (response, failure) => (response, failure) switch
        {
            ({ } answer, _) => RetryRules.IsWorthwhile(request, answer),
            (_, HttpRequestException network) => RetryRules.IsWorthwhile(request, network, caBundle),
            _ => false,
        }, request, stop);
}
