using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>A fault that befalls single requests.</summary>
internal interface IHttpFault
{
    /// <summary>Whether a request can be befallen at all; others do not count.</summary>
    bool Concerns(RequestInfo info) => true;

    /// <summary>Answers in the place of <paramref name="next"/>, or around it.</summary>
    Task HandleAsync(HttpContext http, RequestInfo info, ActiveFault fault, Func<Task> next);
}
