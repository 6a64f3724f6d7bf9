using System.Text.Json;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class OldAccountsTests
{
    [Fact]
    public async Task The_old_accounts_that_nobody_runs_as_are_removed_and_no_others()
    {
        await using var cluster = new WireCluster(request => WireReply.Ok(Answer(request)));
        using var engine = new HostedEngine();
        engine.SetVariable("token", cluster.Options.Token);
        engine.Run($"Connect-KubeCluster -Server {cluster.Server.Url} -Token $token -CertificateAuthority '{cluster.Options.CertificateAuthority}'").RequireNoErrors();
        const string Unused = "Get-KubeServiceAccount -AllNamespaces | Where-Object { $_.Age -gt [timespan]::FromDays(90) } | Get-KubeServiceAccountUsage -Unused";

        Assert.Equal(["a/old-idle: unused", "b/old-idle: unused"], engine.Run(Unused).RequireNoErrors().Text);
        engine.Run($"{Unused} | Remove-KubeServiceAccount -WhatIf").RequireNoErrors();
        Assert.DoesNotContain(cluster.Server.Requests, request => request.Method == "DELETE");
        engine.Run($"{Unused} | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors();
        Assert.Equal(
            ["/api/v1/namespaces/a/serviceaccounts/old-idle", "/api/v1/namespaces/b/serviceaccounts/old-idle"],
            cluster.Server.Requests.Where(request => request.Method == "DELETE").Select(request => request.Path));
    }

    private static string Answer(WireRequest request)
    {
        var parts = request.Path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var old = DateTime.UtcNow.AddDays(-91);
        object Account(string ns, string name, DateTime made) => new { metadata = new { name, @namespace = ns, uid = $"{ns}-{name}", creationTimestamp = made } };
        return parts switch
        {
            ["api", "v1", "serviceaccounts"] => List(
                Account("a", "old-idle", old), Account("a", "old-busy", old), Account("a", "young-idle", DateTime.UtcNow.AddDays(-89)), Account("b", "old-idle", old)),
            ["api", "v1", "namespaces", var ns, "serviceaccounts", var name] => JsonSerializer.Serialize(Account(ns, name, old)),
            ["api", "v1", "namespaces", "a", "pods"] => List(
                new { metadata = new { name = "p", @namespace = "a" }, spec = new { serviceAccountName = "old-busy", containers = Array.Empty<object>() }, status = new { phase = "Running" } }),
            ["api", "v1", "namespaces", var ns] => JsonSerializer.Serialize(new { metadata = new { name = ns } }),
            _ => List(),
        };
    }

    private static string List(params object[] items) => JsonSerializer.Serialize(new { metadata = new { }, items });
}
