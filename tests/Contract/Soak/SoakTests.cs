using Xunit;

namespace KubeSa.Contract.Soak;

/// <summary>By itself: it looks at the memory and the handles of the whole process.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection(nameof(AloneInTheProcess))]
public sealed class SoakTests
{
    private const long Slack = 16 * 1024 * 1024;
    private const int FewHandles = 40;

    [Fact]
    public Task Half_a_minute_of_calls_outlives_rotations_and_restarts() =>
        HoldsAsync(new SoakPlan(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(1), Restarts: 3, Down: TimeSpan.FromSeconds(1)));

    /// <summary>The whole, by <c>build.ps1 -Task Soak</c>.</summary>
    [Fact(Explicit = true)]
    public Task Ten_minutes_of_calls_outlive_rotations_and_restarts() =>
        HoldsAsync(new SoakPlan(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5), Restarts: 3, Down: TimeSpan.FromSeconds(1)));

    private static async Task HoldsAsync(SoakPlan plan)
    {
        using var run = new SoakRun();
        var result = await run.RunAsync(plan, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(result.ToString());
        Assert.Empty(result.Failures);
        Assert.True(result.Calls > plan.Length.TotalSeconds, $"Too little happened to prove anything: {result}");
        Assert.True(result.Retries >= plan.Restarts, $"Nothing went wrong, which proves nothing: {result}");
        Assert.True(result.Late.Memory < result.Early.Memory * 3 / 2 + Slack, $"Memory grows: {result}");
        Assert.True(result.Late.Handles < result.Early.Handles + FewHandles, $"Handles are left open: {result}");
    }
}
