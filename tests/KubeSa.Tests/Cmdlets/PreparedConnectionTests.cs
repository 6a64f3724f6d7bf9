using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>What is made ready for the first call costs the server nothing, and is never older than its files.</summary>
[Collection(SharedProcess.Name)]
public sealed class PreparedConnectionTests
{
    [Fact]
    public async Task The_import_sends_nothing_and_the_first_call_is_one_request_on_one_connection()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("team-a", "ci"));
        using var environment = new EnvironmentScope(("KUBECONFIG", Write(cluster, "team-a")));
        using var engine = new HostedEngine();
        engine.Run("Get-KubeConnection; Get-KubeContext").RequireNoErrors();
        Assert.Equal(0, cluster.Server.Connections);

        Assert.Equal(["ci"], engine.Run("(Get-KubeServiceAccount ci).Name").RequireNoErrors().Text);
        Assert.Equal(("/api/v1/namespaces/team-a/serviceaccounts/ci", 1), (Assert.Single(cluster.Server.Requests).Path, cluster.Server.Connections));

        engine.Run("Get-KubeServiceAccount ci; New-KubeServiceAccount ci").RequireNoErrors();
        Assert.Equal((3, 1), (cluster.Server.Requests.Count, cluster.Server.Connections));
    }

    [Fact]
    public async Task A_kubeconfig_changed_after_the_import_counts_as_it_is_now()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("team-b", "ci"));
        using var environment = new EnvironmentScope(("KUBECONFIG", Write(cluster, "team-a")));
        using var engine = new HostedEngine();
        Write(cluster, "team-b-of-late");

        engine.Run("Get-KubeServiceAccount ci").RequireNoErrors();
        Assert.Equal("/api/v1/namespaces/team-b-of-late/serviceaccounts/ci", Assert.Single(cluster.Server.Requests).Path);
    }

    [Fact]
    public async Task A_kubeconfig_broken_at_the_import_is_told_by_the_call_that_needs_it_and_by_no_other()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("team-a", "ci"));
        using var environment = new EnvironmentScope(("KUBECONFIG", cluster.Write("broken", "[1, 2")));
        using var engine = new HostedEngine();
        engine.Run("'kind: Secret', 'type: other' | ConvertFrom-SaTokenSecret").RequireError("SecretNotTokenType");
        engine.Run("Get-KubeServiceAccount ci").RequireError("KubeConfigInvalid");
        Assert.Equal(0, cluster.Server.Connections);
    }

    private static string Write(WireCluster cluster, string @namespace) => cluster.Write("config", $$"""
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u, namespace: {{@namespace}} } }]
        clusters: [{name: c, cluster: {server: "{{cluster.Server.Url}}", certificate-authority: ca.crt} }]
        users: [{name: u, user: {token: t} }]
        """);
}
