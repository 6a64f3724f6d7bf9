using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>What is typed about the cluster, and what contradicts it. The matrix of inputs stands in tests/Connections/WhichCluster.Tests.ps1.</summary>
[Collection(SharedProcess.Name)]
public sealed class ClusterChoiceTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("-Context admin")]
    [InlineData("-KubeConfig FILE")]
    [InlineData("-Context admin -KubeConfig FILE")]
    public void Refuses_two_ways_to_name_a_cluster_once_and_for_all_inputs(string other)
    {
        using var engine = sandbox.Connect();
        var result = engine.Run($"'a', 'b' | Get-KubeServiceAccount -Connection (Get-KubeConnection) {other.Replace("FILE", $"'{sandbox.Server.KubeConfig}'", StringComparison.Ordinal)}");
        result.RequireError("AmbiguousConnection");
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Takes_no_connection_for_an_error_and_not_for_the_current_one()
    {
        using var engine = sandbox.Connect();
        var result = engine.Run("try { New-KubeServiceAccount none -Connection $null } catch { $_.FullyQualifiedErrorId }; Get-KubeServiceAccount none* | ForEach-Object Name");
        Assert.Equal(["InvalidRequest,KubeSa.Cmdlets.NewKubeServiceAccountCommand"], result.RequireNoErrors().Text);
    }

    [Fact]
    public void Knows_a_server_by_other_spellings()
    {
        using var engine = sandbox.Connect();
        var server = new Uri(sandbox.Server.Url);
        foreach (var spelling in (string[])[$"HTTPS://{server.Host}:{server.Port}/", $"{server.Host}:{server.Port}", sandbox.Server.Url])
        {
            var lost = $"[pscustomobject]@{{ Namespace = 'team-a'; Name = 'web'; ClusterServer = '{spelling}' }}";
            Assert.Single(engine.Run($"{lost} | Get-KubeServiceAccount").RequireNoErrors().As<ServiceAccount>());
        }
    }
}
