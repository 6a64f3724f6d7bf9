namespace KubeSa.Client.Tokens;

/// <summary>What Kubernetes' private claims say, in whichever of the two shapes.</summary>
internal readonly record struct TokenBindingClaims
{
    internal string? Namespace { get; init; }

    internal string? ServiceAccount { get; init; }

    internal string? ServiceAccountUid { get; init; }

    internal string? PodName { get; init; }

    internal string? PodUid { get; init; }

    internal string? SecretName { get; init; }

    internal string? SecretUid { get; init; }

    internal string? NodeName { get; init; }

    internal string? NodeUid { get; init; }

    internal DateTime? WarnAfter { get; init; }
}
