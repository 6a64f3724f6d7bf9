namespace KubeSa;

/// <summary>How a pod gets the token of its account.</summary>
public enum TokenMountKind : long
{
    /// <summary>Not at all: the pod or its account opted out.</summary>
    None,

    /// <summary>By itself: the server adds the volume.</summary>
    Automount,

    /// <summary>By a projected volume that the pod asks for, with a path, an audience and a lifetime of its own.</summary>
    Projected,

    /// <summary>By a volume of a Secret that the pod asks for, whose token never expires.</summary>
    Secret,
}
