namespace KubeSa.Api;

/// <summary>
/// A resource as people write it: <c>pods</c>, <c>po</c>, <c>Pod</c>, <c>deployments.apps</c>, <c>deployments.v1.apps</c>,
/// each with <c>/</c> and a subresource behind it where there is one.
/// </summary>
/// <param name="Name">The name, in the plural or singular, a short name or a kind.</param>
/// <param name="Group">What stands behind the first dot; null where there is none.</param>
/// <param name="Rest">What stands behind the slash: a subresource or, as kubectl has it, the name of an object; null for none.</param>
public sealed record ResourceArgument(string Name, string? Group, string? Rest)
{
    /// <summary>Reads it; InvalidRequest where it cannot be a resource.</summary>
    public static ResourceArgument Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        KubeName.RefuseOption(text);
        var slash = text.Split('/', 2);
        var dot = slash[0].Split('.', 2);
        var argument = new ResourceArgument(dot[0], dot.Length > 1 ? dot[1] : null, slash.Length > 1 ? slash[1] : null);
        return argument.Name.Length == 0 || argument.Group is "" || argument.Rest is "" || text.Any(char.IsWhiteSpace)
            ? throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{text}' is not a resource. Write it as pods, deployments.apps, pods/log or deployments.apps/scale.",
                text)
            : argument;
    }

    /// <summary>Whether all resources are meant.</summary>
    public bool IsAll => Name == "*";

    /// <summary>The name and what stands behind its dot.</summary>
    public string FullName => Group is null ? Name : $"{Name}.{Group}";

    /// <summary>
    /// The version and the group, where what stands behind the dot may be read as both: <c>deployments.v1.apps</c>.
    /// </summary>
    public (string Version, string Group)? VersionAndGroup =>
        Group?.Split('.', 2) is [{ Length: > 1 } version, { Length: > 0 } group] && version[0] is 'v' && char.IsAsciiDigit(version[1]) ? (version, group) : null;
}
