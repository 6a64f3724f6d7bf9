namespace KubeSa.Sandbox.Auth;

/// <summary>How a service account appears as a user.</summary>
internal static class ServiceAccountUser
{
    private const string Prefix = "system:serviceaccount:";

    public static string UserName(string ns, string name) => $"{Prefix}{ns}:{name}";

    /// <summary>The groups every service account of a namespace is in, system:authenticated left out.</summary>
    public static string[] Groups(string ns) => ["system:serviceaccounts", $"system:serviceaccounts:{ns}"];

    public static bool TryParse(string userName, out string ns, out string name)
    {
        (ns, name) = ("", "");
        if (!userName.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = userName[Prefix.Length..].Split(':');
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            return false;
        }

        (ns, name) = (parts[0], parts[1]);
        return true;
    }
}
