namespace KubeSa.Sandbox.Auth;

/// <summary>Who asks.</summary>
public sealed record UserInfo(
    string Name,
    string Uid,
    IReadOnlyList<string> Groups,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    /// <summary>The group that RBAC never refuses anything.</summary>
    public const string Masters = "system:masters";

    /// <summary>A user of whom only the name and the groups are known.</summary>
    public UserInfo(string name, params string[] groups)
        : this(name, "", groups, new Dictionary<string, IReadOnlyList<string>>())
    {
    }
}
