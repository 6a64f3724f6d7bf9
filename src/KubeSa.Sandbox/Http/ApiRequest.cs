using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Http;

/// <summary>A request that was authenticated, and authorized unless noted otherwise.</summary>
public sealed class ApiRequest(HttpContext http, RequestInfo info, UserInfo user, SandboxState state)
{
    public HttpContext Http { get; } = http;
    public RequestInfo Info { get; } = info;
    public UserInfo User { get; } = user;
    public SandboxState State { get; } = state;

    /// <summary>The type of the path, or null where there is none such.</summary>
    public ResourceType? Type { get; } = info.IsResource ? state.Types.Find(info.Group, info.Version, info.Resource) : null;

    /// <summary>Whether nothing is to be stored (dryRun=All).</summary>
    public bool IsDryRun => Info.Parameter("dryRun") == "All";

    /// <summary>Sends a Warning header with the answer, as kubectl shows it.</summary>
    public void Warn(string text) =>
        Http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
}
