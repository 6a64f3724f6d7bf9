using System.Diagnostics;
using System.Globalization;
using KubeSa.Analysis.Reach;
using Xunit;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>How a search grows with the cluster. By hand, for what it measures is the machine's, too.</summary>
public sealed class LargeClusterTests(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void All_accounts_are_searched_within_ten_seconds_and_half_a_gigabyte(int scale)
    {
        var snapshot = GeneratedCluster.Of(scale);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var search = new EscalationSearch([snapshot], ReachTarget.ClusterAdmin);
        var built = watch.Elapsed;
        var paths = snapshot.Accounts.SelectMany(account => search.Of(0, account.Namespace, account.Name, 10)).ToList();
        watch.Stop();
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{snapshot.Accounts.Count} accounts: graph {built.TotalSeconds:0.00} s, all {watch.Elapsed.TotalSeconds:0.00} s, {paths.Count} paths, {held} MB held, {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MB at most"));
        Assert.NotEmpty(paths);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.InRange(held, 0, 500);
        GC.KeepAlive(search);
    }
}
