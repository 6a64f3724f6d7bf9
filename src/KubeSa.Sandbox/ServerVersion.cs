namespace KubeSa.Sandbox;

/// <summary>Which Kubernetes the answers are worded as. Every difference between the two stands behind a property of its own.</summary>
public sealed record ServerVersion
{
    /// <summary>Answers as 1.36.2 does.</summary>
    public static ServerVersion Modern { get; } = new() { Minor = 36 };

    /// <summary>Answers as 1.20.2 does.</summary>
    public static ServerVersion Legacy { get; } = new() { Minor = 20 };

    /// <summary>The minor version: 36 or 20.</summary>
    public required int Minor { get; init; }

    /// <summary>Before 1.24 every account gets a token Secret by itself.</summary>
    public bool MakesTokenSecrets => Minor < 24;

    /// <summary>Discovery says the singular of a resource since 1.27.</summary>
    public bool HasSingularNames => Minor >= 27;

    /// <summary>Whether the server is the older of the two.</summary>
    public bool IsLegacy => Minor == 20;
}
