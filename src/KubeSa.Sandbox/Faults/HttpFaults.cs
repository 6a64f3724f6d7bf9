using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>Which fault does what to a request.</summary>
internal sealed class HttpFaults(FaultBoard board, SandboxState state)
{
    private const string Html = "text/html; charset=utf-8";

    private readonly Dictionary<string, IHttpFault> _faults = new()
    {
        [FaultNames.Stall] = new StallFault(),
        [FaultNames.StallBody] = new StallBodyFault(),
        [FaultNames.ResetBody] = new ResetBodyFault(),
        [FaultNames.TruncatedJson] = new TruncatedFault(),
        [FaultNames.Html] = new TextFault(200, Html, TextFault.LoginPage),
        [FaultNames.BadGateway] = new TextFault(502, Html, TextFault.GatewayPage),
        [FaultNames.RejectedToken] = new RejectedTokenFault(() => MountedToken(state)),
        [FaultNames.Forbidden] = new StatusFault(info => info.IsResource, StatusFaults.Forbidden),
        [FaultNames.Conflict] = new StatusFault(info => info.Verb is "update" or "patch", StatusFaults.Conflict),
        [FaultNames.ExpiredList] = new ExpiredListFault(),
        [FaultNames.TooManyRequests] = new TextFault(429, "text/plain; charset=utf-8", "Too many requests, please try again later.\n", retries: true),
        [FaultNames.Unavailable] = new StatusFault(_ => true, StatusFaults.Unavailable),
        [FaultNames.SlowPages] = new SlowPagesFault(state.Time),
        [FaultNames.StoreDown] = new StoreDownFault(state.ServerVersion),
    };

    /// <summary>Answers as the faults want it, or as usual. The way to switch them off stays open.</summary>
    public Task InvokeAsync(HttpContext http, RequestInfo info, Func<Task> next)
    {
        if (info.Path == FaultsEndpoint.Path || board.Take(info, name => _faults.TryGetValue(name, out var known) && known.Concerns(info)) is not { } fault)
        {
            return next();
        }

        return _faults[fault.Fault.Name].HandleAsync(http, info, fault, next);
    }

    private static string? MountedToken(SandboxState state)
    {
        var file = state.Files is { } files ? System.IO.Path.Combine(files.MountPath, "token") : null;
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }
}
