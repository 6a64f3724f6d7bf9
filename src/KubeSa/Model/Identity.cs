using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>Who the API server takes the caller for.</summary>
public sealed class Identity : KubeObject
{
    /// <summary>The name of the user.</summary>
    public required string UserName { get; init => field = SafeName.Of(value); }

    /// <summary>The unique id of the user; null where the server gives none.</summary>
    public string? Uid { get; init => field = SafeName.Of(value); }

    /// <summary>The groups of the user.</summary>
    public string[] Groups { get; init => field = SafeName.All(value); } = [];

    /// <summary>Further attributes, such as the pod a token is bound to.</summary>
    public IReadOnlyDictionary<string, string[]> Extra { get; init; } =
        new Dictionary<string, string[]>();

    /// <summary>The namespace of the account where the user is a service account.</summary>
    public string? Namespace => ServiceAccountNames.Parse(UserName)?.Namespace;

    /// <summary>The name of the account where the user is a service account.</summary>
    public string? ServiceAccount => ServiceAccountNames.Parse(UserName)?.Name;

    /// <summary>
    /// How the identity was found: SelfSubjectReview (the server said it), Token (read from the token's claims) or
    /// Certificate (read from the client certificate), or Refusal (the server named the user when it refused the question, and
    /// tells no groups), the last three mostly on servers before 1.28.
    /// </summary>
    public string Source { get; init; } = "SelfSubjectReview";

    /// <summary>The name of the user.</summary>
    public override string ToString() => UserName;
}
