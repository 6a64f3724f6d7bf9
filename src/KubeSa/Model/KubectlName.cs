namespace KubeSa;

/// <summary>Names as <c>kubectl get -o name</c> prints them: <c>serviceaccount/web</c>, <c>deployment.apps/shop</c>.</summary>
internal static class KubectlName
{
    /// <summary>The name alone, where the text names an object of that kind (in the singular) as kubectl does; else the text as it is.</summary>
    internal static string Without(string kind, string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return text;
        }

        var prefix = text.AsSpan(0, slash);
        var resource = prefix.IndexOf('.') is var dot and > 0 ? prefix[..dot] : prefix;
        return resource.Equals(kind, StringComparison.OrdinalIgnoreCase) || resource.Equals($"{kind}s", StringComparison.OrdinalIgnoreCase)
            ? text[(slash + 1)..]
            : text;
    }
}
