namespace KubeSa.RunAs;

/// <summary>The Secret of a block whose process was killed before it could delete it.</summary>
/// <param name="Server">The URL of the server that it is at.</param>
/// <param name="Namespace">The namespace of the Secret.</param>
/// <param name="Name">The name of the Secret.</param>
/// <param name="Uid">The unique id of the Secret.</param>
internal sealed record LeftSecret(string Server, string Namespace, string Name, string Uid);
