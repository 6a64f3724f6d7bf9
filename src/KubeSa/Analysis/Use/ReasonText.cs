using System.Text.RegularExpressions;

namespace KubeSa.Analysis.Use;

/// <summary>Reads what RBAC writes as the reason of a decision.</summary>
internal static partial class ReasonText
{
    /// <summary>The binding that allowed it: <c>RoleBinding ns/name</c> or <c>ClusterRoleBinding name</c>; empty where the text names none.</summary>
    internal static string Binding(string reason)
    {
        var found = Allowed().Match(reason);
        if (!found.Success)
        {
            return string.Empty;
        }

        // RBAC writes NAME/NAMESPACE, everybody else NAMESPACE/NAME.
        var parts = found.Groups["binding"].Value.Split('/');
        return parts is [var name, var ns] ? $"{found.Groups["kind"].Value} {ns}/{name}" : $"{found.Groups["kind"].Value} {parts[0]}";
    }

    [GeneratedRegex("""^RBAC: allowed by (?<kind>RoleBinding|ClusterRoleBinding) "(?<binding>[^"]+)" of """, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Allowed();
}
