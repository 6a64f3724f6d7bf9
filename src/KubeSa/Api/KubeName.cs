namespace KubeSa.Api;

/// <summary>
/// Kubernetes' rules for names (RFC 1123 as read by
/// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/). Checked before any request, because
/// the client library puts names into paths unescaped: <c>../../secrets/s</c> would reach another object.
/// </summary>
public static class KubeName
{
    private const int LongestLabel = 63;
    private const int LongestSubdomain = 253;

    /// <summary>Throws InvalidName unless <paramref name="name"/> is a DNS label, as namespaces are.</summary>
    public static void RequireNamespace(string name)
    {
        RefuseOption(name);
        if (!IsLabel(name))
        {
            throw Invalid("namespace", name, LongestLabel,
                "lower-case letters, digits and '-', beginning and ending with a letter or digit");
        }
    }

    /// <summary>Throws InvalidName unless <paramref name="name"/> is a DNS subdomain, as most objects' names are.</summary>
    public static void RequireName(string kind, string name, string? @namespace = null)
    {
        RefuseOption(name);
        if (!IsSubdomain(name))
        {
            throw Invalid(kind, name, LongestSubdomain,
                "lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit",
                @namespace is null ? null : $"{@namespace}/{name}");
        }
    }

    /// <summary>
    /// Throws InvalidName unless <paramref name="name"/> may stand in a path, as the names of roles must: those may
    /// hold colons and capitals (<c>system:discovery</c>) but no slash or percent sign, nor be a dot or two.
    /// </summary>
    public static void RequirePathSegment(string kind, string name)
    {
        RefuseOption(name);
        var safe = name.Length is > 0 and <= LongestSubdomain
            && name is not ("." or "..")
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':' or '_' or '@');
        if (!safe)
        {
            throw Invalid(kind, name, LongestSubdomain, "letters, digits, '-', '.', ':', '_' and '@'");
        }
    }

    /// <summary>
    /// Throws InvalidRequest where the text is an option of another tool, such as <c>--as=jane</c>: PowerShell hands those on as
    /// plain values, and as the name of an object one would be answered about confidently and wrongly.
    /// </summary>
    public static void RefuseOption(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('-'))
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{text}' is an option of another tool and not a name. Get-Help shows the parameters of this cmdlet; -As and -AsGroup are those of Connect-KubeCluster.",
                text);
        }
    }

    internal static bool IsLabel(string name) =>
        name.Length is > 0 and <= LongestLabel
        && IsAlphanumeric(name[0])
        && IsAlphanumeric(name[^1])
        && name.All(c => IsAlphanumeric(c) || c == '-');

    internal static bool IsSubdomain(string name) =>
        name.Length is > 0 and <= LongestSubdomain
        && name.Split('.').All(part =>
            part.Length > 0
            && IsAlphanumeric(part[0])
            && IsAlphanumeric(part[^1])
            && part.All(c => IsAlphanumeric(c) || c == '-'));

    private static bool IsAlphanumeric(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');

    private static KubeApiException Invalid(string kind, string name, int longest, string allowed, string? target = null) =>
        new(FailureKind.InvalidName,
            $"'{name}' is no valid {kind} name: it must be 1 to {longest} characters long and consist of {allowed}."
            + (name.AsSpan().ContainsAny('*', '?') ? " Wildcards are for the Get cmdlets: pipe what they find." : string.Empty),
            target ?? name);
}
