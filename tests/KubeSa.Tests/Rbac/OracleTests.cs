using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Rbac;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Rbac;

/// <summary>What Find-KubeAccess and Get-KubeAccessRule say is held against the server's own word, SubjectAccessReview.</summary>
public sealed class OracleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const int Decisions = 2000;
    private const int Seed = 20240501;

    [Fact]
    public async Task Two_thousand_drawn_decisions_agree_with_the_server()
    {
        var drawn = new DrawnRbac(Seed);
        Kubectl.Apply(sandbox.Server.KubeConfig, drawn.Objects().ToJsonString());
        using var api = new KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = sandbox.Server.KubeConfig });
        await AggregatedAsync(api);
        var everywhere = await PolicyAsync(api, null);
        var inNamespace = new Dictionary<string, RbacPolicy>();
        foreach (var ns in DrawnRbac.Namespaces)
        {
            inNamespace.Add(ns, await PolicyAsync(api, ns));
        }

        var (yes, wrong) = (0, new List<string>());
        for (var i = 0; i < Decisions; i++)
        {
            var (ns, account, request) = drawn.Question();
            var server = (await api.ReviewAccessAsync(request, CallContext.None)).Allowed;
            var found = Finds(request.Namespace is { } asked ? inNamespace[asked] : everywhere, request, ns, account);
            var held = Holds(everywhere, request, ns, account);
            yes += server ? 1 : 0;
            if (found != server || held != server)
            {
                wrong.Add($"{ns}/{account} {request.Verb} {request.NonResourceUrl ?? request.FullResource} {request.Name} in {request.Namespace}: server {server}, Find-KubeAccess {found}, Get-KubeAccessRule {held}");
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(yes, Decisions / 10, Decisions * 9 / 10);
    }

    /// <summary>The cmdlets themselves, about every account and a few questions.</summary>
    [Theory]
    [InlineData("get", "secrets", "drawn-a")]
    [InlineData("list", "deployments.apps", "drawn-b")]
    [InlineData("update", "deployments.apps/scale", "drawn-c")]
    [InlineData("get", "pods/log", "drawn-a")]
    public void The_cmdlets_agree_with_the_server_about_every_account(string verb, string resource, string ns)
    {
        Kubectl.Apply(sandbox.Server.KubeConfig, new DrawnRbac(Seed).Objects().ToJsonString());
        using var engine = sandbox.Connect();
        var allowed = engine.Run(
            $"Get-KubeServiceAccount -Namespace drawn-* | Where-Object {{ Test-KubeAccess {verb} {resource} -ServiceAccount \"$_\" -Namespace {ns} -Quiet }} | ForEach-Object ToString").RequireNoErrors().Text;
        var found = engine.Run(
            $"$g = Find-KubeAccess {verb} {resource} -Namespace {ns}; Get-KubeServiceAccount -Namespace drawn-* | "
            + "Where-Object { $a = $_; $g | Where-Object { ($_.ServiceAccount -eq $a.Name -and $_.Namespace -eq $a.Namespace) -or ($_.SubjectKind -eq 'Group' -and $_.Subject -in $a.Groups) } } | ForEach-Object ToString").RequireNoErrors().Text;
        Assert.Equal(allowed, found);
    }

    private static bool Finds(RbacPolicy policy, AccessRequest request, string ns, string account)
    {
        var groups = ServiceAccountNames.Groups(ns);
        return policy.WhoCan(request, inNamespaces: request.NonResourceUrl is null)
            .Where(grant => grant.Scope is null || grant.Scope == request.Namespace)
            .Any(grant => (grant.ServiceAccount == account && grant.Namespace == ns) || (grant.SubjectKind == "Group" && groups.Contains(grant.Subject)));
    }

    private static bool Holds(RbacPolicy policy, AccessRequest request, string ns, string account) => policy.HeldBy(ns, account)
        .Where(rule => rule.Scope is null || rule.Scope == request.Namespace)
        .Select(rule => new RoleRule
        {
            Verbs = rule.Verbs,
            ApiGroups = rule.ApiGroups,
            Resources = rule.Resources,
            ResourceNames = rule.ResourceNames,
            NonResourceUrls = rule.NonResourceUrls,
        })
        .Any(rule => rule.Allows(request));

    private static async Task<RbacPolicy> PolicyAsync(IKubeApi api, string? ns)
    {
        var query = new ListQuery(ns);
        return new RbacPolicy(
            [.. await AllAsync(api.ListClusterRolesAsync(CallContext.None)), .. await AllAsync(api.ListRolesAsync(query, CallContext.None))],
            [.. await AllAsync(api.ListClusterRoleBindingsAsync(CallContext.None)), .. await AllAsync(api.ListRoleBindingsAsync(query, CallContext.None))]);
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<Page<T>> pages)
    {
        var all = new List<T>();
        await foreach (var page in pages)
        {
            all.AddRange(page.Items);
        }

        return all;
    }

    // The server fills them in by itself, a moment after they were created.
    private static async Task AggregatedAsync(IKubeApi api)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var name in DrawnRbac.Aggregated)
        {
            while ((await api.GetRoleAsync(null, name, CallContext.None)).Rules.Count == 0)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
