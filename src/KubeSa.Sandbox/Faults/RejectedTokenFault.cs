using System.Collections.Concurrent;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>One token is refused; any other is looked at as usual, so whoever reads its file again gets on.</summary>
internal sealed class RejectedTokenFault(Func<string?> mountedToken) : IHttpFault
{
    private readonly ConcurrentDictionary<Fault, string> _refused = new(ReferenceEqualityComparer.Instance);

    public Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next)
    {
        var refused = fault.Fault.Token ?? _refused.GetOrAdd(fault.Fault, _ => mountedToken() ?? "");
        var sent = http.Request.Headers.Authorization.ToString();
        return refused.Length > 0 && sent == $"Bearer {refused}" ? throw ApiError.Unauthorized() : next();
    }
}
