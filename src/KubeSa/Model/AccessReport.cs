namespace KubeSa;

/// <summary>Whether a service account can do its work from inside the cluster, and if not, why.</summary>
public sealed class AccessReport : KubeObject
{
    /// <summary>Whether the request succeeded.</summary>
    public bool Success => Cause == AccessCause.None;

    /// <summary>Why it did not; the first in the order of dependency where there are several.</summary>
    public required AccessCause Cause { get; init; }

    /// <summary>The outcome in one sentence, such as "There are 14 pods in the cluster".</summary>
    public required string Summary { get; init; }

    /// <summary>What to do about the cause; null where access works.</summary>
    public string? Remedy => Failure?.Remedy;

    /// <summary>A line that can be typed as it stands, by an administrator, and does what the remedy says; null where there is none.</summary>
    public string? Command => Failure?.Command;

    /// <summary>The name of the account.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>The namespace of the account.</summary>
    public string? Namespace { get; init; }

    /// <summary>The user the API server would take the account for.</summary>
    public string? UserName { get; init; }

    /// <summary>The URL of the API server.</summary>
    public string? ApiServer { get; init; }

    /// <summary>The version the API server gives, such as v1.36.2.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>How many objects the request found; null where it did not get that far.</summary>
    public int? ItemCount { get; init; }

    /// <summary>The checks, in the order of dependency.</summary>
    public AccessCheck[] Checks { get; init; } = [];

    /// <summary>When the report was made, in local time.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>Which round of a series it is, counted from 1; null for a report of its own.</summary>
    public int? Round { get; internal set; }

    /// <summary>How the outcome stands to that of the round before; null for a report of its own.</summary>
    public AccessRoundChange? Change { get; internal set; }

    /// <summary>What else is not as it was in the round before, a sentence each; empty where nothing is.</summary>
    public string[] Changes { get; internal set; } = [];

    private AccessCheck? Failure => Array.Find(Checks, check => check.Status == AccessCheckStatus.Fail);

    /// <summary>Writes the report as a ticket. Whoever judges gives it, so that outputs need not know how texts are written.</summary>
    internal Func<AccessReport, bool, string> WriteTicket { get; init; } = (_, _) => throw new InvalidOperationException("The report was not made by a check.");

    /// <summary>What of the text tells whose cluster it is.</summary>
    internal IReadOnlyList<(string Kind, string Value)> Telling { get; init; } = [];

    /// <summary>
    /// The report as text that can be shown to strangers: addresses, URLs, hosts, mail addresses, key ids, groups of custom
    /// resources and the names of namespaces, accounts, pods, Secrets and nodes are replaced, each by the same word everywhere,
    /// in the server's own sentences, too. Times, versions and names that every cluster has are kept. There is no secret in a
    /// report to begin with.
    /// </summary>
    /// <param name="keepNames">Replace addresses and URLs alone, for a ticket in one's own house.</param>
    public string ToTicket(bool keepNames = false) => WriteTicket(this, keepNames);

    /// <summary>The outcome in one sentence.</summary>
    public override string ToString() => Summary;
}
