using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>No answer until the fault is switched off.</summary>
internal sealed class StallFault : IHttpFault
{
    public async Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next)
    {
        await fault.Ended.WaitAsync(http.RequestAborted);
        await next();
    }
}

/// <summary>A list takes its time, page by page.</summary>
internal sealed class SlowPagesFault(TimeProvider time) : IHttpFault
{
    public bool Concerns(RequestInfo info) => info.Verb == "list";

    public async Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(fault.Fault.Milliseconds), time, http.RequestAborted);
        await next();
    }
}
