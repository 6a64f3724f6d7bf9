namespace KubeSa.Connections;

/// <summary>Where an input came from, as far as it remembers.</summary>
/// <param name="Live">The connection it was read through; null for text, and for an object that has lost it.</param>
/// <param name="Server">The URL of its server, which it keeps through jobs, files and text; null for objects of the user's own.</param>
internal readonly record struct ClusterOrigin(Connection? Live, string? Server)
{
    internal string? KnownServer => Live?.Server ?? Server;

    internal string Title => Live?.Title ?? Server ?? string.Empty;
}
