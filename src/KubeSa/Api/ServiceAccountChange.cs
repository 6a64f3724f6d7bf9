namespace KubeSa.Api;

/// <summary>What is to change of an account; what is null or unsaid stays as it is.</summary>
public sealed record ServiceAccountChange(string Namespace, string Name)
{
    /// <summary>The unique id of the account that is meant, which the server goes by; null for whichever bears the name.</summary>
    public string? Uid { get; init; }

    /// <summary>Labels by key; a null value removes the key.</summary>
    public IReadOnlyDictionary<string, string?>? Labels { get; init; }

    /// <summary>Annotations by key; a null value removes the key.</summary>
    public IReadOnlyDictionary<string, string?>? Annotations { get; init; }

    /// <summary>All of the Secrets for image registries.</summary>
    public IReadOnlyList<string>? ImagePullSecrets { get; init; }

    /// <summary>Whether <see cref="AutomountToken"/> is to be taken over, null too.</summary>
    public bool ChangesAutomountToken { get; init; }

    /// <summary>Whether pods get a token mounted; null to leave it unsaid.</summary>
    public bool? AutomountToken { get; init; }

    /// <summary>Whether nothing is to change.</summary>
    public bool IsEmpty => Labels is null or { Count: 0 } && Annotations is null or { Count: 0 } && ImagePullSecrets is null && !ChangesAutomountToken;

    /// <summary>What of it is still to do, as the account is now; for this very account alone.</summary>
    public ServiceAccountChange Against(ServiceAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return this with
        {
            Uid = account.Uid,
            Labels = Different(Labels, account.Labels),
            Annotations = Different(Annotations, account.Annotations),
            ImagePullSecrets = ImagePullSecrets is null || ImagePullSecrets.SequenceEqual(account.ImagePullSecrets) ? null : ImagePullSecrets,
            ChangesAutomountToken = ChangesAutomountToken && AutomountToken != account.AutomountToken,
        };
    }

    /// <summary>What changes, in a few words; the values of labels and annotations are left out.</summary>
    public override string ToString()
    {
        string?[] parts =
        [
            Labels is { Count: > 0 } ? $"labels {string.Join(", ", Labels.Keys)}" : null,
            Annotations is { Count: > 0 } ? $"annotations {string.Join(", ", Annotations.Keys)}" : null,
            ImagePullSecrets is null ? null : "image pull secrets",
            ChangesAutomountToken ? "automount token" : null,
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    private static Dictionary<string, string?>? Different(
        IReadOnlyDictionary<string, string?>? asked, IReadOnlyDictionary<string, string> now) =>
        asked?.Where(entry => now.GetValueOrDefault(entry.Key) != entry.Value).ToDictionary(entry => entry.Key, entry => entry.Value);
}
