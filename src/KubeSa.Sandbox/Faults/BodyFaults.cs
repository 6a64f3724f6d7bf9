using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>Gets the whole answer first and lets half of the body through; a watch, which has no end, is left alone.</summary>
internal abstract class BodyFault : IHttpFault
{
    public bool Concerns(RequestInfo info) => info.Verb != "watch";

    public async Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next)
    {
        var wire = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next();
        }
        finally
        {
            http.Response.Body = wire;
        }

        var body = buffer.ToArray().AsMemory();
        await WriteAsync(http, fault, body[..(body.Length / 2)], body[(body.Length / 2)..]);
    }

    protected abstract Task WriteAsync(HttpContext http, ActiveFault fault, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> rest);
}

/// <summary>The rest comes when the fault is switched off.</summary>
internal sealed class StallBodyFault : BodyFault
{
    protected override async Task WriteAsync(HttpContext http, ActiveFault fault, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> rest)
    {
        await http.Response.Body.WriteAsync(first, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await fault.Ended.WaitAsync(http.RequestAborted);
        await http.Response.Body.WriteAsync(rest, http.RequestAborted);
    }
}

/// <summary>The connection breaks in the place of the rest.</summary>
internal sealed class ResetBodyFault : BodyFault
{
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(200);

    protected override async Task WriteAsync(HttpContext http, ActiveFault fault, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> rest)
    {
        await http.Response.Body.WriteAsync(first, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        // A reset overtakes what was sent before it unless that had time to arrive.
        await Task.Delay(Arrival, http.RequestAborted);
        http.Abort();
    }
}

/// <summary>The first half is all there is, by its length too.</summary>
internal sealed class TruncatedFault : BodyFault
{
    protected override async Task WriteAsync(HttpContext http, ActiveFault fault, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> rest)
    {
        http.Response.ContentLength = first.Length;
        await http.Response.Body.WriteAsync(first, http.RequestAborted);
    }
}
