namespace KubeSa.Api;

/// <summary>How a pod, or a pod template, uses its service account.</summary>
/// <param name="Kind">Pod, or the kind that holds the template.</param>
/// <param name="Name">The name of the object.</param>
/// <param name="ServiceAccount">The account.</param>
public sealed record PodUse(string Kind, string Name, string ServiceAccount)
{
    /// <summary>Who looks after the object, as <c>Kind/name</c>; null for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>The phase of a pod.</summary>
    public string? Phase { get; init; }

    /// <summary>The node of a pod.</summary>
    public string? Node { get; init; }

    /// <summary>Whether it is over: a pod or a Job that has ended, which nobody starts again.</summary>
    public bool IsOver { get; init; }

    /// <summary>Whether the spec asks for the token by itself; null where it leaves that to the account.</summary>
    public bool? Automount { get; init; }

    /// <summary>Where the containers find tokens.</summary>
    public IReadOnlyList<TokenMount> Mounts { get; init; } = [];

    /// <summary>
    /// The Secrets whose data the containers can read because the pod asks for it, of whatever type: a list of Secrets tells
    /// which of them hold tokens.
    /// </summary>
    public IReadOnlyList<SecretUse> Secrets { get; init; } = [];

    /// <summary>The object as <c>Kind/name</c>.</summary>
    public string Reference => $"{Kind}/{Name}";
}
