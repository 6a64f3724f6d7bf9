namespace KubeSa.Diagnosis.Checks;

/// <summary>
/// A proxy that the environment names for https, and that is not told to be left out for the API server. The check itself
/// goes past it, so all may be well here while every other client hangs.
/// </summary>
internal static class ProxyAdvice
{
    /// <summary>The finding for an environment that is as it should be otherwise.</summary>
    internal static Finding For(EnvironmentEvidence environment, string detail)
    {
        if (environment.Proxy is not { } proxy
            || !Uri.TryCreate(environment.ApiServer, UriKind.Absolute, out var server)
            || NoProxyRules.IsThisMachine(server)
            || NoProxyRules.Parse(proxy.NoProxy).Find(server.IdnHost, server.Port) is not null)
        {
            return Finding.Pass(detail);
        }

        var host = server.IdnHost;
        var lack = proxy.NoProxyVariable is { } variable ? $"{variable} does not list {host}" : "NO_PROXY is not set";
        return Finding.Warn(
            $"{detail} But {proxy.Variable} is {proxy.Value ?? "set"}, and {lack}: clients that go by these variables, such as kubectl, try to reach the API server through that proxy "
            + "and may hang or be refused. This check went straight to the server.",
            $"Add {host} to {proxy.NoProxyVariable ?? "NO_PROXY"} where {proxy.Variable} is set (env and envFrom of the pod's spec, its image, a webhook that injects it), "
            + "and kubernetes.default.svc for clients that use the name.");
    }
}
