using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Cmdlets;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class ListProgressTests
{
    private readonly List<ProgressNotice> _told = [];

    [Fact]
    public void Shows_how_much_of_a_list_is_there_and_goes_away_at_its_end()
    {
        var progress = NewProgress();
        progress.Take(500, 1500);
        progress.Take(500, 1000);
        progress.Take(1000, 0);
        progress.End();
        Assert.Equal([25, 50, 100], _told.Select(notice => notice.Percent));
        Assert.Equal([false, false, true], _told.Select(notice => notice.Completed));
    }

    [Fact]
    public void Counts_where_the_server_does_not_say_how_much_there_is()
    {
        NewProgress().Take(500, null);
        Assert.Equal(-1, Assert.Single(_told).Percent);
        Assert.StartsWith("500", _told[0].Status, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_there_for_a_list_of_one_page()
    {
        var progress = NewProgress();
        progress.Take(499, 0);
        progress.End();
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("$ProgressPreference = 'SilentlyContinue'; ", false)]
    [InlineData("$ProgressPreference = 'Ignore'; ", false)]
    public async Task A_long_list_shows_it_unless_it_is_hidden(string setting, bool shown)
    {
        await using var server = WireServer.Plain(request => request.Path.Contains("continue=next", StringComparison.Ordinal)
            ? WireReply.Accounts("team-a", ["b"])
            : WireReply.Accounts("team-a", ["a"], "next", 1));
        using var engine = new HostedEngine();
        engine.Run($"Connect-KubeCluster -Server {server.Url}").RequireNoErrors();
        using var shell = PowerShell.Create();
        shell.Runspace = engine.Runspace;
        var output = shell.AddScript($"{setting}Get-KubeServiceAccount -Namespace team-a").Invoke();
        Assert.Equal(2, output.Count);
        Assert.Equal(
            shown ? [(50, ProgressRecordType.Processing), (100, ProgressRecordType.Completed)] : [],
            shell.Streams.Progress.Where(record => record.Activity == "Get-KubeServiceAccount").Select(record => (record.PercentComplete, record.RecordType)));
    }

    private ListProgress NewProgress() => new("Get-Something", notice => _told.Add((ProgressNotice)notice));
}
