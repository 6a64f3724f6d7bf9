using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A context of a kubeconfig: which cluster, as whom, in which namespace.</summary>
public sealed class Context
{
    /// <summary>The name of the context.</summary>
    public required string Name { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The name of its cluster entry.</summary>
    public string? Cluster { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The URL of the API server; null where the cluster entry is missing.</summary>
    public string? Server { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The name of its user entry.</summary>
    public string? User { get; init => field = ControlCharacters.ShowOnOneLine(value); }

    /// <summary>The namespace used where none is given.</summary>
    public string Namespace { get; init => field = ControlCharacters.ShowOnOneLine(value); } = "default";

    /// <summary>Whether this is the kubeconfig's current context.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>A star where this is the current context, as kubectl marks it.</summary>
    public string? Current => IsCurrent ? "*" : null;

    /// <summary>How the user entry authenticates: ClientCertificate, Token, TokenFile, Exec, Basic, AuthProvider or None.</summary>
    public string AuthKind { get; init; } = "None";

    /// <summary>The file the context stands in.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>The name of the context.</summary>
    public override string ToString() => Name;
}
