namespace KubeSa.Api;

/// <summary>Whom to act as (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation).</summary>
/// <param name="User">The name of the user.</param>
/// <param name="Groups">The groups; empty for those the server gives the user.</param>
public sealed record Impersonation(string User, IReadOnlyList<string> Groups);
