using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class FindKubeAccessTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Finds_who_can_and_by_what()
    {
        var grants = _engine.Run("Find-KubeAccess list pods -Namespace team-a").RequireNoErrors().As<AccessGrant>();
        var reader = Assert.Single(grants, grant => grant is { ServiceAccount: "reader", Namespace: "team-a" });
        Assert.Equal(("ServiceAccount", "team-a", "pod-reader", "pod-reader-reader"), (reader.SubjectKind, reader.Scope, reader.Role, reader.Binding));
        Assert.Equal(("list", "pods"), (reader.Verb, reader.Resource));
        Assert.Contains(grants, grant => grant is { ServiceAccount: "viewer", Namespace: "team-b", Scope: null });
        Assert.Contains(grants, grant => grant is { SubjectKind: "Group", Subject: "system:masters", ServiceAccount: null });
        Assert.DoesNotContain(grants, grant => grant.ServiceAccount == "web");
    }

    [Fact]
    public void Finds_no_account_that_the_server_would_refuse_and_misses_none()
    {
        foreach (var question in (string[])["get secrets", "list pods", "delete deployments.apps", "get pods/log"])
        {
            var found = _engine.Run($"Find-KubeAccess {question} -Namespace team-a | Where-Object ServiceAccount | ForEach-Object {{ \"$($_.Namespace)/$($_.ServiceAccount)\" }}").RequireNoErrors().Text;
            var allowed = _engine.Run(
                $"Get-KubeServiceAccount -AllNamespaces | ForEach-Object {{ $a = $_; if (Test-KubeAccess {question} -ServiceAccount \"$a\" -Namespace team-a -Quiet) {{ \"$a\" }} }}").RequireNoErrors().Text;
            Assert.NotEmpty(allowed);
            Assert.Equal(allowed.Order(), found.Distinct().Order());
        }
    }

    [Fact]
    public void Asks_about_all_namespaces_several_resources_and_paths()
    {
        var everywhere = _engine.Run("Find-KubeAccess get pods, configmaps -AllNamespaces").RequireNoErrors().As<AccessGrant>();
        Assert.Equal(["pods", "configmaps"], everywhere.Where(grant => grant.ServiceAccount == "reader").Select(grant => grant.Resource));
        Assert.All(_engine.Run("Find-KubeAccess get nodes").RequireNoErrors().As<AccessGrant>(), grant => Assert.Null(grant.Scope));
        Assert.Contains(
            _engine.Run("Find-KubeAccess get -NonResourceUrl /version").RequireNoErrors().As<AccessGrant>(),
            grant => grant is { SubjectKind: "Group", NonResourceUrl: "/version", Resource: null });
    }

    [Fact]
    public void Leads_on_to_the_accounts_that_it_finds() => Assert.Equal(
        ["team-a/reader"],
        _engine.Run("Find-KubeAccess list pods -Namespace team-a | Where-Object ServiceAccount -EQ reader | Get-KubeServiceAccount").RequireNoErrors().Text);

    [Fact]
    public void Says_what_is_wrong()
    {
        _engine.Run("Find-KubeAccess get pods/").RequireError("InvalidRequest");
        _engine.Run("Find-KubeAccess get pods -Namespace 'a/b'").RequireError("InvalidName");
        Assert.Contains("'gadgets'", Assert.Single(_engine.Run("Find-KubeAccess get gadgets").RequireNoErrors().Warnings), StringComparison.Ordinal);
        using var reader = sandbox.Connect("reader");
        reader.Run("Find-KubeAccess list pods").RequireError("Forbidden");
    }
}
