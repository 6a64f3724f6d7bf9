namespace KubeSa.Connections;

/// <summary>Compares the URLs of servers as people and kubeconfigs write them.</summary>
internal static class ServerUrl
{
    /// <summary>Whether both are the same server: neither the scheme https nor its port need be written, nor a slash at the end.</summary>
    internal static bool Same(string one, string other) => Normal(one) == Normal(other);

    private static string Normal(string url)
    {
        var full = url.Contains("://", StringComparison.Ordinal) ? url : $"https://{url}";

        // A Uri has the host in lower case and leaves the scheme's usual port out.
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Path).TrimEnd('/') : url;
    }
}
