using System.Text.RegularExpressions;

namespace KubeSa.Sandbox.Validation;

/// <summary>The rules for names, keys and values, and the words for breaking them. Each answers with what is wrong, or null.</summary>
internal static partial class Names
{
    private const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
        "alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
        "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string LabelValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
        "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string NamePartRule =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    public static string? Subdomain(string name) =>
        name.Length > 253 ? "must be no more than 253 characters" : SubdomainPattern().IsMatch(name) ? null : SubdomainRule;

    public static string? Label(string name) =>
        name.Length > 63 ? "must be no more than 63 characters" : LabelPattern().IsMatch(name) ? null : LabelRule;

    /// <summary>What must only fit into a path: roles and their bindings.</summary>
    public static string? PathSegment(string name) => name switch
    {
        "." or ".." => $"may not be '{name}'",
        _ when name.Contains('/', StringComparison.Ordinal) => "may not contain '/'",
        _ when name.Contains('%', StringComparison.Ordinal) => "may not contain '%'",
        _ => null,
    };

    public static string? LabelValue(string value) =>
        value.Length > 63 ? "must be no more than 63 characters" : LabelValuePattern().IsMatch(value) ? null : LabelValueRule;

    /// <summary>A key of labels or annotations: <c>name</c> or <c>prefix/name</c>.</summary>
    public static string? QualifiedName(string key)
    {
        var parts = key.Split('/');
        if (parts.Length > 2)
        {
            return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
                "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') " +
                "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
        }

        if (parts.Length == 2 && (parts[0].Length == 0 ? "must be non-empty" : Subdomain(parts[0])) is { } wrong)
        {
            return $"prefix part {wrong}";
        }

        return parts[^1].Length switch
        {
            0 => "name part must be non-empty",
            > 63 => "name part must be no more than 63 characters",
            _ => NamePartPattern().IsMatch(parts[^1]) ? null : NamePartRule,
        };
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValuePattern();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex NamePartPattern();
}
