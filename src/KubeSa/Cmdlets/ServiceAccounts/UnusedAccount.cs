using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Judges whether an account that no pod and no workload runs as is unused. What was not looked at is never taken for none.</summary>
internal static class UnusedAccount
{
    private const string NotSeen = "Requested tokens that programs outside of pods hold, and objects of other kinds that name it, cannot be seen.";

    /// <summary>
    /// The account with the reasons; null where somebody runs as it or holds its token. IsUsed is null where something speaks
    /// for its use, or where not everything could be looked at.
    /// </summary>
    internal static ServiceAccountUsage? Judge(string name, string? uid, AccountSurroundings around)
    {
        if (around.Usage.IsUsed(name))
        {
            return null;
        }

        var signs = Signs(name, uid, around).ToList();
        var unknown = around.Unknown;
        return new ServiceAccountUsage
        {
            Namespace = around.Namespace,
            ServiceAccount = name,
            ServiceAccountUid = uid,
            IsUsed = signs.Count == 0 && unknown.Length == 0 ? false : null,
            Why = Why(name, uid, around, signs, unknown),
            LookedAt = around.LookedAt,
            Unknown = unknown,
        };
    }

    private static IEnumerable<string> Signs(string name, string? uid, AccountSurroundings around)
    {
        if (ControlPlaneAccounts.Includes(around.Namespace, name))
        {
            yield return "a controller of the control plane acts as it";
        }

        if (name == ServiceAccountNames.Default)
        {
            yield return "pods that name no account run as it, and the server creates it again";
        }

        var bindings = around.BindingsOf(name).Select(binding => $"{binding.Kind} {binding}").ToList();
        if (bindings.Count > 0)
        {
            yield return $"it has rights by {ShortList.Of(bindings)}";
        }

        var secrets = around.LiveSecretsOf(name, uid).Where(secret => !IsUnusedAndMadeByServer(name, secret)).Select(Told).ToList();
        if (secrets.Count > 0)
        {
            yield return $"there are tokens of it in {ShortList.Of(secrets)}";
        }
    }

    private static string Why(string name, string? uid, AccountSurroundings around, List<string> signs, string[] unknown)
    {
        string?[] parts =
        [
            "No pod and no workload runs as it.",
            signs.Count > 0 ? $"But {string.Join("; ", signs)}." : null,
            unknown.Length > 0 ? $"Unknown, for they may not be looked at: {string.Join(", ", unknown)}." : null,
            signs.Count == 0 && unknown.Length == 0 ? "No binding names it, and no pod of another account holds its token." : null,
            around.LiveSecretsOf(name, uid).FirstOrDefault(secret => IsUnusedAndMadeByServer(name, secret)) is { } made
                ? $"The server made Secret {made.Name} for it by itself, as for every account, and has recorded no use of it."
                : null,
            signs.Count == 0 ? NotSeen : null,
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    private static string Told(SecretDocument secret) => secret.Labels.GetValueOrDefault(TokenSecretMarks.LastUsed) is { } day
        ? $"Secret {secret.Name} (last used {day})"
        : $"Secret {secret.Name}";

    /// <summary>Servers before 1.24 made one for every account, so that it tells nothing of the account unless it was used.</summary>
    private static bool IsUnusedAndMadeByServer(string account, SecretDocument secret) =>
        ServerMadeSecret.Is(secret.Name!, account) && !secret.Labels.ContainsKey(TokenSecretMarks.LastUsed);
}
