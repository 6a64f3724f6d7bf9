namespace KubeSa.Api;

/// <summary>What the server says that we may do, as far as it can tell.</summary>
/// <param name="Rules">The rules, about resources and about paths.</param>
/// <param name="IsIncomplete">Whether an authorizer may allow more, of which it cannot give a list.</param>
/// <param name="Problem">What the server could not evaluate; null where it says nothing.</param>
public sealed record OwnRules(IReadOnlyList<RoleRule> Rules, bool IsIncomplete, string? Problem);
