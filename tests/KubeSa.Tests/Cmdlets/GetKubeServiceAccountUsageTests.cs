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
    public void Lists_the_accounts_that_nobody_uses_and_says_why_each_is_believed_to_be_unused()
    {
        var idle = Assert.Single(_engine.Run("Get-KubeServiceAccount -Namespace team-b | Get-KubeServiceAccountUsage -Unused").RequireNoErrors().As<ServiceAccountUsage>());
        Assert.Equal(("team-b/unused: unused", false), (idle.ToString(), idle.IsUsed));
        Assert.NotNull(idle.ServiceAccountUid);
        Assert.StartsWith("No pod and no workload runs as it. No binding names it", idle.Why, StringComparison.Ordinal);
        Assert.Empty(idle.Unknown);
        Assert.Superset(
            new HashSet<string> { "pods", "Deployments", "CronJobs", "ReplicationControllers", "token Secrets", "RoleBindings of all namespaces", "ClusterRoleBindings" },
            idle.LookedAt.ToHashSet());
    }

    [Fact]
    public void Calls_no_account_unused_for_which_something_speaks_and_says_what()
    {
        var listed = _engine.Run("Get-KubeServiceAccountUsage -Unused -Namespace team-a").RequireNoErrors();
        Assert.Empty(listed.Output);
        Assert.StartsWith("Not listed, though nobody runs as them: team-a/deployer, team-a/reader, team-a/default.", Assert.Single(listed.Warnings), StringComparison.Ordinal);

        var uncertain = _engine.Run("Get-KubeServiceAccountUsage -Unused -IncludeUncertain -Namespace team-a").RequireNoErrors().As<ServiceAccountUsage>();
        Assert.Equal(["team-a/default: uncertain", "team-a/deployer: uncertain", "team-a/reader: uncertain"], uncertain.Select(line => line.ToString()));
        Assert.All(uncertain, line => Assert.Null(line.IsUsed));
        Assert.Contains("it has rights by RoleBinding team-a/edit-deployer", uncertain[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_at_token_Secrets_and_at_the_pods_of_other_accounts_that_mount_them()
    {
        _engine.Run("New-KubeServiceAccount stored, lent -Namespace kube-node-lease > $null; New-KubeSaTokenSecret stored -Namespace kube-node-lease > $null; New-KubeSaTokenSecret lent -Namespace kube-node-lease > $null").RequireNoErrors();
        Kubectl.Run(
            sandbox.Server.KubeConfig, "run", "borrower", "--image=i", "-n", "kube-node-lease", "--overrides",
            """{"spec":{"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"v","mountPath":"/creds"}]}],"volumes":[{"name":"v","secret":{"secretName":"lent-token"}}]}}""");
        try
        {
            var line = Assert.Single(_engine.Run("Get-KubeServiceAccountUsage lent -Namespace kube-node-lease").RequireNoErrors().As<ServiceAccountUsage>());
            Assert.Equal(
                ("borrower", "default", TokenMountKind.Secret, "/creds/token", "never"), (line.Pod, line.RunsAs, line.Mount, line.TokenPath, line.Expires));
            Assert.Empty(_engine.Run("Get-KubeServiceAccountUsage stored, lent -Unused -Namespace kube-node-lease").RequireNoErrors().Output);
            var stored = Assert.Single(_engine.Run("Get-KubeServiceAccountUsage stored, lent -IncludeUncertain -Namespace kube-node-lease").RequireNoErrors().As<ServiceAccountUsage>());
            Assert.Contains("there are tokens of it in Secret stored-token", stored.Why, StringComparison.Ordinal);
        }
        finally
        {
            Kubectl.Run(sandbox.Server.KubeConfig, "delete", "pod", "borrower", "-n", "kube-node-lease", "--now");
            _engine.Run("Remove-KubeServiceAccount stored, lent -Namespace kube-node-lease -Confirm:$false").RequireNoErrors();
        }
    }

    [Fact]
    public void Says_what_may_not_be_looked_at_and_calls_nobody_unused_for_want_of_it()
    {
        const string Rules = "--resource=serviceaccounts,pods,replicationcontrollers,namespaces,deployments.apps,statefulsets.apps,daemonsets.apps,replicasets.apps,jobs.batch,cronjobs.batch";
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "clusterrole", "looks-at-users", "--verb=get,list", Rules);
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "clusterrolebinding", "looks-at-users", "--clusterrole=looks-at-users", "--serviceaccount=team-a:reader");
        using var reader = sandbox.Connect("reader");
        var result = reader.Run("Get-KubeServiceAccountUsage -Unused -Namespace team-b").RequireNoErrors();
        Assert.Empty(result.Output);
        Assert.Contains(result.Warnings, warning => warning.Contains(
            "Unknown for the accounts of team-b, for they may not be looked at: token Secrets, RoleBindings of the namespace 'team-b', RoleBindings of other namespaces, ClusterRoleBindings.", StringComparison.Ordinal));
        var line = Assert.Single(reader.Run("Get-KubeServiceAccountUsage unused -IncludeUncertain -Namespace team-b").RequireNoErrors().As<ServiceAccountUsage>());
        Assert.Null(line.IsUsed);
        Assert.Equal(4, line.Unknown.Length);
        Kubectl.Run(sandbox.Server.KubeConfig, "delete", "clusterrolebinding", "looks-at-users");
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
            ["kube-public/default: uncertain"],
            _engine.Run("Get-KubeServiceAccountUsage -IncludeUncertain -Namespace kube-public").RequireNoErrors().Text);
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
