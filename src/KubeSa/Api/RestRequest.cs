namespace KubeSa.Api;

/// <summary>A request as a user makes it.</summary>
/// <param name="Method">GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.</param>
/// <param name="Path">The path and query from the slash on, escaped.</param>
public sealed record RestRequest(string Method, string Path)
{
    /// <summary>What to send; null for nothing.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>How many bytes the answer may have; null for the limit of all answers.</summary>
    public int? MaximumSize { get; init; }

    /// <summary>The object that a POST creates, whose path does not name it, for what failures say; null for others.</summary>
    public string? Creates { get; init; }
}

/// <summary>What a server answered.</summary>
/// <param name="Body">The body as it came.</param>
/// <param name="ContentType">Its media type, without parameters; null where the server does not say.</param>
public sealed record RestAnswer(byte[] Body, string? ContentType);
