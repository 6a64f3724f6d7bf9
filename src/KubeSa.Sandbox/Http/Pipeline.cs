using KubeSa.Sandbox.Audit;
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
        var record = Record(http, info);
        try
        {
            await AnswerAsync(http, info, record);
        }
        finally
        {
            // A request that was never authenticated is written once, before its answer.
            if (record?.User is not null)
            {
                state.Audit!.Write(record, http, AuditLog.Completed);
            }
        }
    }

    private AuditRecord? Record(HttpContext http, RequestInfo info)
    {
        if (state.Audit is not { } audit)
        {
            return null;
        }

        var given = http.Request.Headers["Audit-ID"].ToString();
        var record = new AuditRecord(info, audit.Now) { Id = given.Length > 0 ? given : Guid.NewGuid().ToString() };
        http.Features.Set(record);
        http.Response.Headers["Audit-Id"] = record.Id;
        http.Response.OnStarting(() =>
        {
            if (record.User is null || info.Verb is "watch" or "proxy" || info.Subresource is "attach" or "exec" or "proxy" or "log" or "portforward")
            {
                audit.Write(record, http, AuditLog.Started);
            }

            return Task.CompletedTask;
        });
        return record;
    }

    private async Task AnswerAsync(HttpContext http, RequestInfo info, AuditRecord? record)
    {
        try
        {
            var request = await AdmitAsync(http, info, record);
            var endpoint = endpoints.First(e => e.Matches(info));
            await endpoint.HandleAsync(request);
        }
        catch (ApiError error) when (!http.Response.HasStarted)
        {
            await ResponseWriter.StatusAsync(http, error);
        }
    }

    private async Task<ApiRequest> AdmitAsync(HttpContext http, RequestInfo info, AuditRecord? record)
    {
        var authentication = await state.Authenticator.AuthenticateAsync(http);
        var asker = authentication.User ?? throw ApiError.Unauthorized();
        if (record is not null)
        {
            record.User = asker;
        }

        foreach (var (key, value) in authentication.Annotations ?? [])
        {
            AuditRecord.Annotate(http, key, value);
        }

        var user = state.Impersonation?.Impersonate(http, asker) ?? asker;
        if (record is not null && !ReferenceEquals(user, asker))
        {
            record.Impersonated = user;
        }

        var request = new ApiRequest(http, info, user, state);
        foreach (var warning in authentication.Warnings ?? [])
        {
            request.Warn(warning);
        }

        var asked = AccessAttributes.Of(info);
        var decision = state.Authorizer.Authorize(user, asked);
        AuditRecord.Annotate(http, "authorization.k8s.io/decision", decision.IsAllowed ? "allow" : "forbid");
        AuditRecord.Annotate(http, "authorization.k8s.io/reason", decision.Reason);
        if (!decision.IsAllowed)
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            throw ApiError.Forbidden(user, asked, decision.Reason);
        }

        return request;
    }
}
