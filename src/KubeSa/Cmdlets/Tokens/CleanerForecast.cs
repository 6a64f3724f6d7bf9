namespace KubeSa.Cmdlets;

/// <summary>
/// When the server's own cleaner of legacy tokens comes to a Secret: from 1.29 on it marks the token of a Secret that the server
/// made itself invalid when nobody has used it for a year, and deletes the Secret after another one. A Secret that a pod mounts
/// stays. The year is the default of the controller manager (--legacy-service-account-token-clean-up-period), which no API shows.
/// </summary>
internal static class CleanerForecast
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(365);

    /// <summary>The first days on which the token may be marked and the Secret deleted; null for never, or not known.</summary>
    /// <param name="secret">The Secret.</param>
    /// <param name="use">What is known of it.</param>
    /// <param name="trackedSince">The day since which the server notes uses; null where it does not, or that may not be read.</param>
    internal static (DateTime? Invalid, DateTime? Deleted) Of(TokenSecret secret, TokenSecretUse use, DateTime? trackedSince)
    {
        if (trackedSince is not { } tracked || use.MadeBy != TokenSecretMaker.Server || use.MountedBy is not { Length: 0 } || use.IsOrphaned != false
            || secret.CreationTimestamp is not { } created)
        {
            return (null, null);
        }

        // Days count from their end: the cleaner looks for a day before the one a year ago.
        var invalid = secret.InvalidSince ?? Latest(tracked.AddDays(1) + Period, created.ToUniversalTime().Date.AddDays(1) + Period, secret.LastUsed?.AddDays(1) + Period);
        return (invalid, Latest(invalid.AddDays(1) + Period, secret.LastUsed?.AddDays(1) + Period));
    }

    private static DateTime Latest(DateTime first, params ReadOnlySpan<DateTime?> others)
    {
        var latest = first;
        foreach (var other in others)
        {
            latest = other > latest ? other.Value : latest;
        }

        return DateTime.SpecifyKind(latest, DateTimeKind.Unspecified);
    }
}
