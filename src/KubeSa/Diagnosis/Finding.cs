namespace KubeSa.Diagnosis;

/// <summary>What a check found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Cause">Why access fails, where this is why.</param>
internal sealed record Finding(AccessCheckStatus Status, string Detail, string? Remedy = null, AccessCause Cause = AccessCause.None)
{
    /// <summary>The outcome of the whole in one sentence, where the detail is too long for that.</summary>
    internal string? Summary { get; init; }

    /// <summary>A line that can be typed as it stands and does what the remedy says; null where no such line is known.</summary>
    internal string? Command { get; init; }

    /// <summary>Whether the checks that need this one are tried all the same, as programs go on with a wrong namespace.</summary>
    internal bool GoesOn { get; init; }

    /// <summary>Whether the checks that need this one are not tried.</summary>
    internal bool Blocks => Status is AccessCheckStatus.Skip || (Status is AccessCheckStatus.Fail && !GoesOn);

    internal static Finding Pass(string detail) => new(AccessCheckStatus.Pass, detail);

    internal static Finding Warn(string detail, string? remedy = null) => new(AccessCheckStatus.Warn, detail, remedy);

    internal static Finding Skip(string detail) => new(AccessCheckStatus.Skip, detail);

    internal static Finding Fail(AccessCause cause, string detail, string remedy) => new(AccessCheckStatus.Fail, detail, remedy, cause);

    /// <summary>For evidence that is cut short: what is not known to be well must not pass for it.</summary>
    internal static Finding Unseen() => Fail(AccessCause.Unknown, "The evidence does not tell.", "Gather the evidence anew: Test-KubeInClusterAccess.");

    /// <summary>The same seen where it turned out not to matter.</summary>
    internal Finding Excused(string why) => new(AccessCheckStatus.Warn, $"{Detail} {why}", Remedy);
}
