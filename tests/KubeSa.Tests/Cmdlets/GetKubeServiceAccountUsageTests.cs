using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class GetKubeServiceAccountUsageTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Shows_pods_their_workloads_and_how_they_get_their_tokens()
    {
        var usages = _engine.Run("Get-KubeServiceAccountUsage -Namespace team-a").RequireNoErrors().As<ServiceAccountUsage>();
        var watcher = Assert.Single(usages, usage => usage.ServiceAccount == "pod-watcher");
        Assert.Equal(("Deployment/pod-watcher", true, "/var/run/secrets/kubernetes.io/serviceaccount/token"), (watcher.Workload, watcher.Automount, watcher.TokenPath));
        Assert.Equal(3607, watcher.TokenExpirationSeconds);
        Assert.StartsWith("kube-api-access-", watcher.Volume, StringComparison.Ordinal);
        Assert.StartsWith("pod-watcher-", watcher.Pod, StringComparison.Ordinal);
        var web = usages.Where(usage => usage.ServiceAccount == "web").ToList();
        Assert.Equal(2, web.Count);
        Assert.All(web, usage => Assert.Equal((false, null, "Deployment/web"), (usage.Automount, usage.TokenPath, usage.Workload)));
        Assert.Equal(("build-7", null), usages.Where(usage => usage.ServiceAccount == "builder").Select(usage => (usage.Pod, usage.Workload)).Single());
    }

    [Fact]
    public void Lists_the_accounts_that_nobody_runs_as()
    {
        Assert.Equal(
            ["team-a/default: unused", "team-a/deployer: unused", "team-a/reader: unused"],
            _engine.Run("Get-KubeServiceAccountUsage -Unused -Namespace team-a").RequireNoErrors().Text);
        Assert.Equal(
            ["team-b/unused: unused"],
            _engine.Run("Get-KubeServiceAccount -Namespace team-b | Get-KubeServiceAccountUsage -Unused").RequireNoErrors().Text);
    }

    [Fact]
    public void Counts_workloads_that_have_no_pods_at_the_moment()
    {
        _engine.Run("New-KubeServiceAccount nightly, asleep -Namespace kube-public").RequireNoErrors();
        var kubeConfig = sandbox.Server.KubeConfig;
        Kubectl.Run(kubeConfig, "create", "deployment", "sleeper", "--image=i", "--replicas=0", "-n", "kube-public");
        Kubectl.Run(kubeConfig, "set", "serviceaccount", "deployment", "sleeper", "asleep", "-n", "kube-public");
        Kubectl.Run(kubeConfig, "create", "cronjob", "cron", "--image=i", "--schedule=0 0 * * *", "-n", "kube-public");
        Kubectl.Run(kubeConfig, "patch", "cronjob", "cron", "-n", "kube-public", "-p", """{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"serviceAccountName":"nightly"}}}}}}""");
        Assert.Equal(
            ["kube-public/default: unused"],
            _engine.Run("Get-KubeServiceAccountUsage -Unused -Namespace kube-public").RequireNoErrors().Text);
        Assert.Equal(
            ["kube-public/asleep: Deployment/sleeper", "kube-public/nightly: CronJob/cron"],
            _engine.Run("Get-KubeServiceAccountUsage -Namespace kube-public").RequireNoErrors().Text);
    }

    [Fact]
    public void Leads_on_to_the_removal_of_each_unused_account()
    {
        _engine.Run("New-KubeServiceAccount idle1, idle2 -Namespace kube-node-lease -Label @{ test = 'idle' }").RequireNoErrors();
        _engine.Run("Get-KubeServiceAccount -A -LabelSelector test=idle | Get-KubeServiceAccountUsage -Unused | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors();
        Assert.Equal(["kube-node-lease/default"], _engine.Run("Get-KubeServiceAccount -Namespace kube-node-lease").RequireNoErrors().Text);
    }

    [Fact]
    public void Says_what_is_missing_and_what_may_not_be_seen()
    {
        _engine.Run("Get-KubeServiceAccountUsage nope").RequireError("ServiceAccountNotFound");
        _engine.Run("Get-KubeServiceAccountUsage nope -Unused").RequireError("ServiceAccountNotFound");
        _engine.Run("Get-KubeServiceAccountUsage -Namespace nowhere").RequireError("NamespaceNotFound");
        Assert.Empty(_engine.Run("Get-KubeServiceAccountUsage nope*").RequireNoErrors().Output);

        // One error for the namespace and not one for each account, and no account called unused for want of knowledge.
        using var reader = sandbox.Connect("reader");
        var result = reader.Run("Get-KubeServiceAccount | Get-KubeServiceAccountUsage -Unused");
        result.RequireError("Forbidden");
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Looks_in_all_namespaces()
    {
        var everywhere = _engine.Run("Get-KubeServiceAccountUsage -AllNamespaces").RequireNoErrors().As<ServiceAccountUsage>();
        Assert.Superset(new HashSet<string> { "kube-system", "team-a", "team-b" }, everywhere.Select(usage => usage.Namespace).ToHashSet());
    }
}
