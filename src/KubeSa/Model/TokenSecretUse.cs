using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>What is known of a token Secret from what is around it.</summary>
internal sealed record TokenSecretUse
{
    internal TokenSecretMaker? MadeBy { get; init; }

    internal bool? IsOrphaned { get; init; }

    internal string[]? MountedBy { get; init => field = value is null ? null : SafeName.All(value); }

    internal DateTime? WillBeInvalid { get; init; }

    internal DateTime? WillBeDeleted { get; init; }
}
