using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Lists come as they arrive, and are fetched no further than they are wanted.</summary>
public sealed class ListStreamingTests
{
    [Fact]
    public async Task Whoever_wants_no_more_stops_the_fetching()
    {
        var page = 0;
        await using var server = WireServer.Plain(_ => WireReply.Accounts("team-a", [$"account-{++page}"], $"next-{page}", 1000));
        using var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -Server {server.Url}").RequireNoErrors();

        // The list has no end; break leaves a pipeline as Select-Object -First does.
        var result = engine.Run("do { Get-KubeServiceAccount -Namespace team-a | ForEach-Object { $_; if ($_.Name -eq 'account-3') { break } } } while ($false)").RequireNoErrors();
        Assert.Equal(["account-1", "account-2", "account-3"], result.As<ServiceAccount>().Select(account => account.Name));
        Assert.InRange(server.Requests.Count, 3, 4);
        Assert.Equal(["2"], engine.Run("1 + 1").RequireNoErrors().Text);
    }
}
