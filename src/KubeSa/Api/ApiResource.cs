namespace KubeSa.Api;

/// <summary>A resource as the server knows it (discovery).</summary>
/// <param name="Group">Its API group; empty for the core group.</param>
/// <param name="Version">The version of the group in which it was found: v1, v1beta1.</param>
/// <param name="Name">Its name in the plural.</param>
/// <param name="Kind">The kind of its objects.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
public sealed record ApiResource(string Group, string Version, string Name, string Kind, bool Namespaced)
{
    /// <summary>Its name in the singular, in lower case.</summary>
    public string SingularName { get; init; } = string.Empty;

    /// <summary>Its short names, such as deploy.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>The verbs that the server takes for it.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>Its subresources, such as log and scale.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>The name with the group, as roles and other commands want it: <c>deployments.apps</c>.</summary>
    public string FullName => Group.Length == 0 ? Name : $"{Name}.{Group}";

    /// <summary>The path of the API that has it, without a slash at either end: <c>api/v1</c>, <c>apis/apps/v1</c>.</summary>
    public string ApiPath => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
}
