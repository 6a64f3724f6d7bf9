using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Audit;

/// <summary>Which requests are logged. All at the level Metadata, without bodies and without the stage RequestReceived.</summary>
internal sealed class AuditPolicy
{
    /// <summary>The policies, by the name the user types.</summary>
    public static readonly IReadOnlyList<string> Names = ["all", "managed"];

    private static readonly string[] Probes = ["/healthz", "/livez", "/readyz", "/version", "/swagger", "/openapi"];
    private readonly bool _isManaged;

    public AuditPolicy(string name) => _isManaged = name == "managed";

    /// <summary>Whether a request is logged; a managed cluster's policy leaves out what its own components do all the time.</summary>
    public bool Logs(RequestInfo info, string user) => !_isManaged || !IsNoise(info, user);

    // What the policies of GKE and EKS have in common, as they are published.
    private static bool IsNoise(RequestInfo info, string user)
    {
        if (!info.IsResource)
        {
            return info.Verb == "get" && Probes.Any(probe => info.Path.StartsWith(probe, StringComparison.Ordinal));
        }

        return (info.Group.Length == 0 && info.Resource == "events")
            || (user == "system:kube-proxy" && info.Verb == "watch" && info.Resource is "endpoints" or "services" or "endpointslices")
            || (user.StartsWith("system:node:", StringComparison.Ordinal) && info.Verb == "get" && info.Resource == "nodes")
            || (user is "system:kube-controller-manager" or "system:kube-scheduler" && info.Verb is "get" or "update" && info is { Namespace: "kube-system", Resource: "endpoints" })
            || (user == "system:apiserver" && info.Verb == "get" && info.Resource == "namespaces");
    }
}
