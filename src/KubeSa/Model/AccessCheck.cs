using System.Globalization;

namespace KubeSa;

/// <summary>One check of an access report.</summary>
public sealed class AccessCheck
{
    /// <summary>Which check it is.</summary>
    public required AccessCheckName Name { get; init; }

    /// <summary>How it ended.</summary>
    public required AccessCheckStatus Status { get; init; }

    /// <summary>What was found; never a secret.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do about it; null where nothing is to be done.</summary>
    public string? Remedy { get; init; }

    /// <summary>A line that can be typed as it stands, by an administrator, and does what the remedy says; null where there is none.</summary>
    public string? Command { get; init; }

    /// <summary>How long it took. In PowerShell it is a TimeSpan, in JSON and C# its text.</summary>
    public string Elapsed => Took.ToString("c", CultureInfo.InvariantCulture);

    internal TimeSpan Took { get; init; }

    /// <summary>The check in one line.</summary>
    public override string ToString() => $"{Status} {Name}: {Detail}";
}
