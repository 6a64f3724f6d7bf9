using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Reach;

/// <summary>What follows from a namespace, a node, or all of them, for whoever got that far.</summary>
internal static class HubEdges
{
    private static readonly VertexKind[] OfNamespaces =
        [VertexKind.AnyAccount, VertexKind.AnyName, VertexKind.NewPod, VertexKind.RunningPods, VertexKind.Secrets, VertexKind.Namespace, VertexKind.MissingAccounts];

    internal static void Add(EdgeContext context)
    {
        foreach (var ns in context.Facts.Namespaces)
        {
            foreach (var kind in OfNamespaces)
            {
                context.Graph.Follows(context.V(kind), context.V(kind, ns));
            }

            OfNamespace(context, ns);
        }

        Nodes(context);
        Cluster(context);
    }

    /// <summary>A pod by itself, for rules that name it.</summary>
    internal static Vertex OfPod(EdgeContext context, SnapshotWorkload pod)
    {
        var vertex = context.V(VertexKind.RunningPods, pod.Namespace, pod.Name);
        if (!context.Graph.Has(vertex))
        {
            FromPod(context, vertex, pod, []);
        }

        return vertex;
    }

    private static void OfNamespace(EdgeContext context, string ns)
    {
        var graph = context.Graph;
        var (any, secrets, pods, all) = (context.V(VertexKind.AnyAccount, ns), context.V(VertexKind.Secrets, ns), context.V(VertexKind.NewPod, ns), context.V(VertexKind.Namespace, ns));
        graph.Follows(context.V(VertexKind.AnyName, ns), any);
        foreach (var account in context.Facts.AccountsByNamespace[ns])
        {
            graph.Follows(any, context.Account(ns, account.Name));
        }

        foreach (var missing in context.Facts.MissingAccounts[ns])
        {
            graph.Follows(context.V(VertexKind.AnyName, ns), context.Account(ns, missing), condition: $"Service account {ns}/{missing} does not exist, but bindings name it.");
            graph.Follows(context.V(VertexKind.MissingAccounts, ns), context.Account(ns, missing), condition: $"Bindings name {ns}/{missing}, which does not exist yet.");
        }

        graph.Follows(pods, any);
        graph.Follows(pods, secrets, EdgeContext.Likely, "A pod mounts any Secret of its namespace whose name is known.");
        Escape(context, ns, pods);
        SecretEdges.FromSecrets(context, ns, secrets);
        var seen = new HashSet<string>();
        foreach (var pod in context.Facts.PodsByNamespace[ns])
        {
            FromPod(context, context.V(VertexKind.RunningPods, ns), pod, seen);
        }

        graph.Step(all, any, "TokenRequest", EdgeContext.Certain, $"All rights in namespace {ns} include tokens of its accounts.");
        graph.Step(all, secrets, "ListSecrets", EdgeContext.Certain, $"All rights in namespace {ns} include its Secrets.");
        graph.Step(all, context.V(VertexKind.AnyName, ns), "Impersonate", EdgeContext.Certain, $"All rights in namespace {ns} include impersonating its accounts.");
        graph.Step(all, context.V(VertexKind.RunningPods, ns), "PodExec", EdgeContext.Certain, $"All rights in namespace {ns} include commands in its pods.");
        graph.Step(all, context.V(VertexKind.AnyNode), "LowerPodSecurity", context.Facts.PodCertainty, $"All rights in namespace {ns} include its Pod Security labels and privileged pods.{context.Facts.PodDoubt}");
    }

    /// <summary>Whether Pod Security lets a pod out of its containers.</summary>
    private static void Escape(EdgeContext context, string ns, Vertex pods)
    {
        var level = context.Facts.PodSecurity(ns);
        if (level is "baseline" or "restricted")
        {
            return;
        }

        var (certainty, why) = level is null
            ? (EdgeContext.Likely, $"No label sets the Pod Security level of namespace {ns}, and the server's own default is privileged unless a file on it says otherwise.")
            : (context.Facts.PodCertainty, $"The Pod Security level of namespace {ns} is {level}.");
        context.Graph.Follows(pods, context.V(VertexKind.AnyNode), certainty, $"{why} A privileged pod names the node that it runs on.");
    }

    private static void FromPod(EdgeContext context, Vertex from, SnapshotWorkload pod, HashSet<string> seen)
    {
        if (ClusterFacts.HasToken(pod) && seen.Add(pod.ServiceAccount))
        {
            context.Graph.Follows(from, context.Account(pod.Namespace, pod.ServiceAccount), condition: $"Pod {pod.Namespace}/{pod.Name} runs as {pod.Namespace}/{pod.ServiceAccount} and holds its token.");
        }

        if (pod.Node is { } node && pod.Security.ReachesNode && seen.Add($"/{node}"))
        {
            context.Graph.Follows(from, context.V(VertexKind.Node, null, node), pod.Security.Privileged ? EdgeContext.Certain : EdgeContext.Likely, $"Pod {pod.Namespace}/{pod.Name} reaches its node {node}: {Why(pod.Security)}.");
        }
    }

    private static string Why(SnapshotPodSecurity security) =>
        security.Privileged ? "it is privileged"
        : security.HostPid ? "it shares the node's processes"
        : security.HostPaths.Count > 0 ? $"it mounts {security.HostPaths[0]}"
        : $"it has the capability {security.Capabilities[0]}";

    private static void Nodes(EdgeContext context)
    {
        var controlPlane = context.Snapshot.Nodes.Where(node => node.IsControlPlane).Select(node => node.Name).ToHashSet();
        foreach (var name in context.Facts.Nodes)
        {
            var node = context.V(VertexKind.Node, null, name);
            context.Graph.Follows(context.V(VertexKind.AnyNode), node);
            context.Graph.Follows(node, context.V(VertexKind.Half, null, "node"));
            if (controlPlane.Contains(name))
            {
                context.Graph.Step(node, context.V(VertexKind.ClusterAdmin), "ControlPlaneFiles", EdgeContext.Likely, $"The control plane runs on node {name}: the keys that sign certificates and tokens are files there.");
            }
        }

        var seen = new HashSet<(string, string, string)>();
        foreach (var pod in context.Snapshot.Pods.Where(pod => pod.Node is not null && ClusterFacts.HasToken(pod)))
        {
            if (seen.Add((pod.Node!, pod.Namespace, pod.ServiceAccount)))
            {
                context.Graph.Step(context.V(VertexKind.Node, null, pod.Node), context.Account(pod.Namespace, pod.ServiceAccount), "NodeCredentials", EdgeContext.Certain,
                    $"Pod {pod.Namespace}/{pod.Name} runs on node {pod.Node}, where its token is a file.");
            }
        }
    }

    private static void Cluster(EdgeContext context)
    {
        var (graph, admin) = (context.Graph, context.V(VertexKind.ClusterAdmin));
        graph.Follows(context.V(VertexKind.Masters), admin, condition: "No authorizer is asked about members of system:masters.");
        graph.Step(admin, context.V(VertexKind.Masters), "Impersonate", EdgeContext.Certain, "All rights include impersonating any user and group.");
        graph.Step(admin, context.V(VertexKind.Namespace), "HoldsEverything", EdgeContext.Certain, "All rights in the cluster are all rights in each namespace.");
        graph.Step(admin, context.V(VertexKind.AnyName), "Impersonate", EdgeContext.Certain, "All rights include impersonating any account.");
        graph.Step(admin, context.V(VertexKind.Secrets), "ListSecrets", EdgeContext.Certain, "All rights include all Secrets.");
        graph.Step(admin, context.V(VertexKind.AnyNode), "NodesProxy", EdgeContext.Certain, "All rights include the API of the kubelets.");
        graph.Follows(context.V(VertexKind.AnyCertificate), context.V(VertexKind.AnyUser));
        graph.Follows(context.V(VertexKind.AnyCertificate), context.V(VertexKind.AnyName));
    }
}
