namespace KubeSa.Api;

/// <summary>A resource as the server knows it.</summary>
/// <param name="Group">Its API group; empty for the core group.</param>
/// <param name="Name">Its name in the plural.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
public sealed record ApiResource(string Group, string Name, bool Namespaced);
