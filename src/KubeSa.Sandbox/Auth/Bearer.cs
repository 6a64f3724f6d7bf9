namespace KubeSa.Sandbox.Auth;

/// <summary>What an Authorization header holds in the eyes of the API server; null where it sees no token at all.</summary>
internal sealed record Bearer(string? Token, IReadOnlyList<string> Warnings)
{
    private const string ExtraSpace = "the provided Authorization header contains extra space before the bearer token, and is ignored";
    private static readonly Bearer None = new(null, []);

    public static Bearer Of(string authorization, ServerVersion serverVersion)
    {
        var parts = authorization.Trim().Split(' ', 3);
        if (parts.Length < 2 || !parts[0].Equals("bearer", StringComparison.OrdinalIgnoreCase))
        {
            return None;
        }

        if (parts[1].Length > 0)
        {
            return new Bearer(parts[1], []);
        }

        return parts.Length == 3 && !serverVersion.IsLegacy ? new Bearer(null, [ExtraSpace]) : None;
    }

    // Keeps the token out of logs.
    public override string ToString() => nameof(Bearer);
}
