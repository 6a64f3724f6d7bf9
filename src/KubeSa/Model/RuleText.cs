using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What a rule is about, in one text.</summary>
internal static class RuleText
{
    internal static string Of(string[] groups, string[] resources, string[] names, string[] paths)
    {
        var full = from resource in resources from @group in groups select @group.Length == 0 ? resource : Grouped(resource, @group);
        var only = names.Length == 0 ? string.Empty : $" [{string.Join(", ", names)}]";
        return SafeName.Of(string.Join(", ", full.Concat(paths)) + only);
    }

    private static string Grouped(string resource, string group) =>
        resource.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0
            ? $"{resource[..slash]}.{group}{resource[slash..]}"
            : $"{resource}.{group}";
}
