namespace KubeSa;

/// <summary>What a requested token may be bound to: with that object, the token ends.</summary>
public enum TokenBindingKind : long
{
    /// <summary>A pod that runs as the account.</summary>
    Pod,

    /// <summary>A Secret of the account's namespace.</summary>
    Secret,

    /// <summary>A node; since Kubernetes 1.32, or earlier behind a feature gate.</summary>
    Node,
}
