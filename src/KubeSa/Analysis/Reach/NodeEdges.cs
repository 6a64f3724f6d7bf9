namespace KubeSa.Analysis.Reach;

/// <summary>Nodes: the kubelet's own API, certificates of nodes, Pod Security that one lowers, and volumes that are folders of a node.</summary>
internal static class NodeEdges
{
    internal static void Add(EdgeContext context, Holder holder)
    {
        Proxy(context, holder);
        foreach (var request in holder.May(Questions.CreateRequests))
        {
            foreach (var node in holder.May(Questions.NodeClient, Questions.SelfNodeClient))
            {
                context.Step(holder, context.V(VertexKind.AnyNode), "NodeCertificate", EdgeContext.Likely,
                    "Requests for a certificate of a node are approved by themselves, and whoever is a node gets tokens for the accounts of its pods.", request, node);
            }
        }

        LowerPodSecurity(context, holder);
        HostPathVolume(context, holder);
        MovePods(context, holder);
    }

    private static void Proxy(EdgeContext context, Holder holder)
    {
        foreach (var right in holder.May(Questions.GetNodesProxy, Questions.CreateNodesProxy))
        {
            const string Condition = "The kubelet runs commands in every pod of its node for whoever may reach it, past admission and audit.";
            if (right.Names is null)
            {
                context.Step(holder, context.V(VertexKind.AnyNode), "NodesProxy", EdgeContext.Certain, Condition, right);
                continue;
            }

            foreach (var node in context.Facts.Nodes.Where(right.Covers))
            {
                context.Step(holder, context.V(VertexKind.Node, null, node), "NodesProxy", EdgeContext.Certain, $"{Condition} The rule names node {node}.", right);
            }
        }
    }

    private static void LowerPodSecurity(EdgeContext context, Holder holder)
    {
        foreach (var change in holder.May(Questions.ChangeNamespaces))
        {
            foreach (var create in PodEdges.MayCreate(holder))
            {
                if (!change.Meets(create, out var scope))
                {
                    continue;
                }

                var possible = (scope is null ? context.Facts.Namespaces : [scope]).Where(change.Covers).Take(1).ToList();
                if (possible.Count > 0)
                {
                    context.Step(holder, context.V(VertexKind.AnyNode), "LowerPodSecurity", context.Facts.PodCertainty,
                        $"The Pod Security label of namespace {possible[0]} can be lowered, and a privileged pod created there.{context.Facts.PodDoubt}", change, create);
                }
            }
        }
    }

    private static void HostPathVolume(EdgeContext context, Holder holder)
    {
        foreach (var volume in holder.May(Questions.CreateVolumes))
        {
            foreach (var claim in holder.May(Questions.CreateClaims))
            {
                foreach (var create in PodEdges.MayCreate(holder).Where(create => create.Meets(claim, out _)))
                {
                    context.Step(holder, context.V(VertexKind.AnyNode), "HostPathVolume", EdgeContext.Likely,
                        "A PersistentVolume may be a folder of the node, and a pod that claims it reads files there whatever Pod Security says of the pod.", volume, claim, create);
                }
            }
        }
    }

    /// <summary>Whoever is on a node can bring pods of others there; that takes two.</summary>
    private static void MovePods(EdgeContext context, Holder holder)
    {
        foreach (var right in holder.May([.. Questions.ChangeNodes, Questions.DeletePods, Questions.EvictPods, Questions.BindPods]))
        {
            context.Graph.Step(holder.Vertex, context.V(VertexKind.Half, right.Held.Rule.Resources.Any(name => name.StartsWith("node", StringComparison.Ordinal)) ? null : right.Scope, "move"), "DrivePodsAway",
                EdgeContext.Certain, "Pods can be driven away from other nodes.", right.Held);
        }
    }
}
