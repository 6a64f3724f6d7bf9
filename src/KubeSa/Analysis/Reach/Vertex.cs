namespace KubeSa.Analysis.Reach;

/// <summary>What somebody can be, or hold, on the way to more.</summary>
internal enum VertexKind
{
    /// <summary>A service account.</summary>
    Account,

    /// <summary>A user of another kind, whom bindings name.</summary>
    User,

    /// <summary>A group whom bindings name.</summary>
    Group,

    /// <summary>What every service account of a namespace holds by its groups, or of all namespaces.</summary>
    Members,

    /// <summary>An account with a role that it can give to itself.</summary>
    RoleHolder,

    /// <summary>An account that acts as another one for some verbs alone.</summary>
    ActingAs,

    /// <summary>Any existing account of a namespace, or of all.</summary>
    AnyAccount,

    /// <summary>Any name of an account in a namespace, whether it exists or not.</summary>
    AnyName,

    /// <summary>The accounts of a namespace that bindings name and that do not exist.</summary>
    MissingAccounts,

    /// <summary>A new pod in a namespace, or in any.</summary>
    NewPod,

    /// <summary>Code in the pods that run in a namespace, or in all.</summary>
    RunningPods,

    /// <summary>The Secrets of a namespace, or all of them.</summary>
    Secrets,

    /// <summary>All rights in a namespace, or in each.</summary>
    Namespace,

    /// <summary>A node and all that runs there.</summary>
    Node,

    /// <summary>Any node.</summary>
    AnyNode,

    /// <summary>Any user that bindings name.</summary>
    AnyUser,

    /// <summary>A client certificate of any name.</summary>
    AnyCertificate,

    /// <summary>The group that no authorizer asks.</summary>
    Masters,

    /// <summary>All rights in the cluster.</summary>
    ClusterAdmin,

    /// <summary>One half of something that takes two requests, which two accounts may make.</summary>
    Half,
}

/// <summary>A vertex of the graph: namespaces and nodes are hubs, so that what is allowed in a namespace is one edge and not one for each account.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Cluster">Which of the snapshots, from 0.</param>
/// <param name="Namespace">Its namespace; null for none, and for a hub that stands for all.</param>
/// <param name="Name">Its name, where it has one.</param>
internal readonly record struct Vertex(VertexKind Kind, int Cluster, string? Namespace = null, string? Name = null)
{
    internal static Vertex Account(int cluster, string ns, string name) => new(VertexKind.Account, cluster, ns, name);

    /// <summary>
    /// Whether a step may end there. The others are places in between that nobody would recognize: what leads through them is told as one step.
    /// </summary>
    internal bool IsStation => Kind is VertexKind.Account or VertexKind.User or VertexKind.Group or VertexKind.RoleHolder or VertexKind.ActingAs
        or VertexKind.Namespace or VertexKind.Node or VertexKind.Masters or VertexKind.ClusterAdmin;

    /// <summary>What it is called in steps.</summary>
    public override string ToString() => Kind switch
    {
        VertexKind.Account => $"ServiceAccount {Namespace}/{Name}",
        VertexKind.User => $"User {Name}",
        VertexKind.Group => $"Group {Name}",
        VertexKind.Members => Namespace is null ? "Group system:serviceaccounts" : $"Group system:serviceaccounts:{Namespace}",
        VertexKind.RoleHolder or VertexKind.ActingAs => Name!,
        VertexKind.Secrets => Namespace is null ? "secrets" : $"secrets {Namespace}",
        VertexKind.Namespace => Namespace is null ? "all namespaces" : $"namespace {Namespace}",
        VertexKind.NewPod => Namespace is null ? "pods of all namespaces" : $"namespace {Namespace}",
        VertexKind.RunningPods => Namespace is null ? "pods of all namespaces" : $"namespace {Namespace}",
        VertexKind.Node => $"node {Name}",
        VertexKind.AnyNode => "nodes",
        VertexKind.Half when Name == "create" => $"new Secrets{Of(Namespace)}",
        VertexKind.Half when Name == "read" => $"Secrets{Of(Namespace)}",
        VertexKind.Half when Name == "move" => $"pods of other nodes{Of(Namespace)}",
        VertexKind.Masters => "system:masters",
        VertexKind.ClusterAdmin => "cluster-admin",
        _ => Kind.ToString(),
    };

    private static string Of(string? ns) => ns is null ? string.Empty : $" in namespace {ns}";
}
