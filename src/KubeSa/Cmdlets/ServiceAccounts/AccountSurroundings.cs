using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>What may use the accounts of a namespace, as far as it could be looked at.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Usage">The pods and workloads.</param>
/// <param name="TokenSecrets">The Secrets with tokens of its accounts.</param>
/// <param name="Bindings">The bindings of roles, of all namespaces where one may see them.</param>
/// <param name="Looks">What was looked at and what could not be.</param>
internal sealed record AccountSurroundings(
    string Namespace,
    NamespaceUsage Usage,
    IReadOnlyList<SecretDocument> TokenSecrets,
    IReadOnlyList<RoleBinding> Bindings,
    IReadOnlyList<LookupResult> Looks)
{
    internal string[] LookedAt => [.. Looks.Where(look => look.Failure is null).Select(look => look.What)];

    internal string[] Unknown => [.. Looks.Where(look => look.Failure is not null).Select(look => look.Unknown)];

    /// <summary>Why pods or workloads could not be looked at; null where they could.</summary>
    internal KubeApiException? UsersFailure { get; init; }

    /// <summary>The bindings that name the account itself, not a group that it is in.</summary>
    internal IEnumerable<RoleBinding> BindingsOf(string account) =>
        Bindings.Where(binding => binding.Subjects.Any(subject => subject.IsAccount(Namespace, account)));

    /// <summary>The Secrets with a token of this very account that the server still accepts.</summary>
    internal IEnumerable<SecretDocument> LiveSecretsOf(string account, string? uid) => TokenSecrets.Where(secret =>
        secret.Annotations.GetValueOrDefault(TokenSecretMarks.Account) == account
        && !secret.Labels.ContainsKey(TokenSecretMarks.InvalidSince)
        && (uid is null || secret.Annotations.GetValueOrDefault(TokenSecretMarks.AccountUid, uid) == uid));
}
