using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Faults;

namespace KubeSa.Sandbox.Http;

/// <summary>The way of every request: who asks, as whom, may they, and only then what is there.</summary>
internal sealed class Pipeline(SandboxState state, IReadOnlyList<IEndpoint> endpoints)
{
    private readonly HttpFaults _faults = new(state.Faults, state);

    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-cache, private";
        try
        {
            var info = RequestInfo.Of(http.Request);
            await _faults.InvokeAsync(http, info, () => AnswerAsync(http, info));
        }
        catch (ApiError error) when (!http.Response.HasStarted)
        {
            await ResponseWriter.StatusAsync(http, error);
        }
        catch (Exception e) when (e is not OperationCanceledException && !http.Response.HasStarted)
        {
            await Console.Error.WriteLineAsync(e.ToString());
            await ResponseWriter.TextAsync(http, 500, "This request caused apiserver to panic. Look in the logs for details.\n");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up; nobody is left to answer.
        }
    }

    private async Task AnswerAsync(HttpContext http, RequestInfo info)
    {
        try
        {
            var request = await AdmitAsync(http, info);
            var endpoint = endpoints.First(e => e.Matches(info));
            await endpoint.HandleAsync(request);
        }
        catch (ApiError error) when (!http.Response.HasStarted)
        {
            await ResponseWriter.StatusAsync(http, error);
        }
    }

    private async Task<ApiRequest> AdmitAsync(HttpContext http, RequestInfo info)
    {
        var authentication = await state.Authenticator.AuthenticateAsync(http);
        var asker = authentication.User ?? throw ApiError.Unauthorized();
        var user = state.Impersonation?.Impersonate(http, asker) ?? asker;
        var request = new ApiRequest(http, info, user, state);
        foreach (var warning in authentication.Warnings ?? [])
        {
            request.Warn(warning);
        }

        var asked = AccessAttributes.Of(info);
        var decision = state.Authorizer.Authorize(user, asked);
        if (!decision.IsAllowed)
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            throw ApiError.Forbidden(user, asked, decision.Reason);
        }

        return request;
    }
}
