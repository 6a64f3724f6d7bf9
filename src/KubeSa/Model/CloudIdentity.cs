using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A workload identity of a cloud: by its token file in a pod, or by the annotation of an account.</summary>
public sealed class CloudIdentity
{
    /// <summary>The cloud: AWS, Azure or GCP.</summary>
    public required string Provider { get; init; }

    /// <summary>The role, client id or service account it stands for, where the environment says so.</summary>
    public string? Principal { get; init => field = SafeName.Of(value); }

    /// <summary>The file that holds the token; null where the identity comes from an account's annotation.</summary>
    public string? TokenFile { get; init => field = SafeName.Of(value); }

    /// <summary>What the token in the file says of itself; null where it cannot be read.</summary>
    public TokenInfo? TokenInfo { get; init; }

    /// <summary>The provider and the principal.</summary>
    public override string ToString() => Principal is null ? Provider : $"{Provider}: {Principal}";
}
