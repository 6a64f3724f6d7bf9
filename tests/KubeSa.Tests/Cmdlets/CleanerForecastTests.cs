using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>When the cleaner of legacy tokens comes to a Secret, as its source of Kubernetes 1.29 to 1.36 says.</summary>
public sealed class CleanerForecastTests
{
    [Theory]
    [InlineData("2023-05-01", "2025-01-01", null, null, "2026-01-02", "2027-01-03")] // tracked since later than it was made
    [InlineData("2025-03-01", "2024-01-01", null, null, "2026-03-02", "2027-03-03")] // made after the tracking began
    [InlineData("2023-05-01", "2024-01-01", "2025-06-10", null, "2026-06-11", "2027-06-12")] // used: a year from the day after
    [InlineData("2023-05-01", "2024-01-01", "2024-06-10", "2025-07-01", "2025-07-01", "2026-07-02")] // marked already
    [InlineData("2023-05-01", "2024-01-01", "2025-09-01", "2025-07-01", "2025-07-01", "2026-09-02")] // and tried since then
    public void Counts_a_year_from_the_latest_day_that_speaks_for_it(string made, string tracked, string? used, string? marked, string invalid, string deleted)
    {
        var secret = new TokenSecret { Name = "x", CreationTimestamp = DateTime.SpecifyKind(Day(made)!.Value.AddHours(12), DateTimeKind.Utc), LastUsed = Day(used), InvalidSince = Day(marked) };
        Assert.Equal((Day(invalid), Day(deleted)), CleanerForecast.Of(secret, Abandoned, Day(tracked)));
    }

    [Fact]
    public void Never_comes_to_what_somebody_made_or_mounts_nor_where_something_is_not_known()
    {
        var secret = new TokenSecret { Name = "x", CreationTimestamp = new DateTime(2023, 5, 1, 0, 0, 0, DateTimeKind.Utc) };
        var tracked = new DateTime(2024, 1, 1);
        Assert.All(
            new[]
            {
                CleanerForecast.Of(secret, Abandoned with { MadeBy = TokenSecretMaker.User }, tracked),
                CleanerForecast.Of(secret, Abandoned with { MountedBy = ["Deployment/web"] }, tracked),
                CleanerForecast.Of(secret, Abandoned with { MountedBy = null }, tracked),
                CleanerForecast.Of(secret, Abandoned with { IsOrphaned = null, MadeBy = null }, tracked),
                CleanerForecast.Of(secret, Abandoned, null),
                CleanerForecast.Of(new TokenSecret { Name = "x" }, Abandoned, tracked),
            },
            forecast => Assert.Equal((null, null), forecast));
    }

    private static TokenSecretUse Abandoned => new() { MadeBy = TokenSecretMaker.Server, IsOrphaned = false, MountedBy = [] };

    private static DateTime? Day(string? text) => text is null ? null : DateTime.ParseExact(text, "yyyy-MM-dd", null);
}
