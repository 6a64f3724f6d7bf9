using System.Reflection;

namespace KubeSa.Help;

/// <summary>Tells cmdlet classes from others, and their names.</summary>
internal static class CmdletName
{
    internal static bool IsCmdlet(Type type) => Metadata.Of(type, "CmdletAttribute") is not null;

    /// <summary>The cmdlet that a class implements; null where it implements none.</summary>
    internal static string? Of(MemberInfo? type) =>
        type is not null && Metadata.Of(type, "CmdletAttribute") is { } cmdlet ? $"{cmdlet.At<string>(0)}-{cmdlet.At<string>(1)}" : null;
}
