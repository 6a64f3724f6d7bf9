using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Operations;

namespace KubeSa.Sandbox.Faults;

/// <summary>A continue token of a version is too old; the one the refusal carries is of none, and works.</summary>
internal sealed class ExpiredListFault : IHttpFault
{
    public bool Concerns(RequestInfo info) => info.Parameter("continue").Length > 0;

    public Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next) =>
        ContinueToken.Parse(info.Parameter("continue")) is { Version: >= 0 } old ? throw ListOperation.Expired(old) : next();
}
