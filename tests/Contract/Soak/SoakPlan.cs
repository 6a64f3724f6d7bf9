namespace KubeSa.Contract.Soak;

/// <summary>How long to go on calling, and what happens to the cluster meanwhile.</summary>
/// <param name="Length">The whole.</param>
/// <param name="TokenEvery">How often the token file gets another token, and the server stops to accept the one before.</param>
/// <param name="Restarts">How often the server goes away, spread over the whole.</param>
/// <param name="Down">How long each time.</param>
internal sealed record SoakPlan(TimeSpan Length, TimeSpan TokenEvery, int Restarts, TimeSpan Down)
{
    /// <summary>When the authority is another one.</summary>
    internal TimeSpan AuthorityAt => Length / 2;

    /// <summary>When the server goes away.</summary>
    internal IEnumerable<TimeSpan> RestartsAt => Enumerable.Range(1, Restarts).Select(n => Length * n / (Restarts + 1) + TokenEvery / 2);
}
