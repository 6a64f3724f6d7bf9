using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>Refuses the requests it concerns with a Status.</summary>
internal sealed class StatusFault(Func<RequestInfo, bool> concerns, Func<RequestInfo, Fault, ApiError> refusal) : IHttpFault
{
    public bool Concerns(RequestInfo info) => concerns(info);

    public Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next) => throw refusal(info, fault.Fault);
}

/// <summary>The words of the refusals.</summary>
internal static class StatusFaults
{
    public static ApiError Forbidden(RequestInfo info, Fault fault) =>
        ApiError.Forbidden(info.Group, info.Resource, info.Name, "the sandbox was told to refuse this");

    public static ApiError Conflict(RequestInfo info, Fault fault)
    {
        var qualified = info.Group.Length == 0 ? info.Resource : $"{info.Resource}.{info.Group}";
        return new ApiError(
            409,
            "Conflict",
            $"Operation cannot be fulfilled on {qualified} \"{info.Name}\": the object has been modified; please apply your changes to the latest version and try again",
            ApiError.Forbidden(info.Group, info.Resource, info.Name, "").Details);
    }

    public static ApiError Unavailable(RequestInfo info, Fault fault) =>
        new(503, "ServiceUnavailable", "the server is currently unable to handle the request") { RetryAfterSeconds = fault.RetryAfterSeconds };
}
