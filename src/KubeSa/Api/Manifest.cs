namespace KubeSa.Api;

/// <summary>A document of a text with manifests.</summary>
/// <param name="Json">The document as JSON, UTF-8.</param>
/// <param name="Problem">Why it cannot be read, with its line and not its content; null where it can.</param>
public sealed record Manifest(byte[] Json, KubeApiException? Problem);
