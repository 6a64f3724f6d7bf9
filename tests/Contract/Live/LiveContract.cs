using k8s;
using k8s.Models;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Live;

/// <summary>What our cmdlets may rely on, whichever server it is: the same tests on the sandbox and on a real cluster.</summary>
public abstract partial class LiveContract(LiveCluster cluster) : IDisposable
{
    private readonly HostedEngine _engine = cluster.Connect();

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void An_account_is_made_found_and_made_only_once()
    {
        Assert.Equal([$"{cluster.Namespace}/once"], _engine.Run("New-KubeServiceAccount once -Label @{ tier = 'a' }").RequireNoErrors().Text);
        Assert.Equal([$"{cluster.Namespace}/once"], _engine.Run("Get-KubeServiceAccount once").RequireNoErrors().Text);
        Assert.Equal([$"{cluster.Namespace}/once"], _engine.Run("Get-KubeServiceAccount -LabelSelector tier=a").RequireNoErrors().Text);
        Assert.Equal($"{cluster.Namespace}/once", _engine.Run("New-KubeServiceAccount once").RequireError("ServiceAccountAlreadyExists").TargetObject);
    }

    [Fact]
    public void A_namespace_has_a_default_account_soon() =>
        Eventually(() => _engine.Run("Get-KubeServiceAccount def*").RequireNoErrors().Text.Contains($"{cluster.Namespace}/default"));

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal($"{cluster.Namespace}/nope", _engine.Run("Get-KubeServiceAccount nope").RequireError("ServiceAccountNotFound").TargetObject);
        Assert.Equal($"{cluster.Namespace}/nope", _engine.Run("Get-KubeSaTokenSecret nope").RequireError("SecretNotFound").TargetObject);
        Assert.Equal($"{cluster.Namespace}/nope", _engine.Run("Set-KubeWorkloadServiceAccount nope default").RequireError("WorkloadNotFound").TargetObject);
        _engine.Run("New-KubeServiceAccount a -Namespace kubesa-no-such-namespace").RequireError("NamespaceNotFound");
        _engine.Run("Get-KubeServiceAccount -Namespace kubesa-no-such-namespace").RequireError("NamespaceNotFound");
    }

    [Fact]
    public void What_the_server_refuses_is_an_invalid_request()
    {
        _engine.Run("New-KubeServiceAccount a -Label @{ 'no key!' = 'x' }").RequireError("InvalidRequest");
        _engine.Run("Get-KubeServiceAccount -LabelSelector '!!'").RequireError("InvalidRequest");
    }

    [Fact]
    public void The_server_knows_who_we_are() =>
        Assert.All(_engine.Run("(Get-KubeIdentity).UserName").RequireNoErrors().Text, name => Assert.NotEmpty(name));

    [Fact]
    public async Task A_token_Secret_is_filled_and_decodes_to_its_account()
    {
        _engine.Run("New-KubeServiceAccount holder").RequireNoErrors();
        await cluster.Client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Type = "kubernetes.io/service-account-token",
                Metadata = new V1ObjectMeta
                {
                    Name = "holder-token",
                    Annotations = new Dictionary<string, string> { ["kubernetes.io/service-account.name"] = "holder" },
                },
            },
            cluster.Namespace,
            cancellationToken: TestContext.Current.CancellationToken);
        Eventually(() => _engine.Run("$null -ne (Get-KubeSaTokenSecret holder-token -WarningAction SilentlyContinue).Token").RequireNoErrors().Text is ["True"]);

        Assert.Equal(
            ["Legacy", $"system:serviceaccount:{cluster.Namespace}:holder", "holder-token"],
            _engine.Run("$i = (Get-KubeSaTokenSecret holder-token).Info; $i.Kind, $i.UserName, $i.SecretName").RequireNoErrors().Text);
        Assert.Equal(
            [$"system:serviceaccount:{cluster.Namespace}:holder"],
            _engine.Run(
                "$c = Get-KubeConnection; $s = Get-KubeSaTokenSecret holder-token; "
                + "$null = Connect-KubeCluster -Server $c.Server -Token $s.Token -SkipCertificateCheck -WarningAction SilentlyContinue; "
                + "$e = $null; try { Get-KubeServiceAccount default -Namespace kube-system -ErrorAction Stop } catch { $e = $_ }; "
                + "if ($e.FullyQualifiedErrorId -like 'Forbidden,*') { (Get-KubeIdentity).UserName }").RequireNoErrors().Text);
    }

    [Fact]
    public void A_token_that_is_no_good_is_unauthorized() => _engine.Run(
        "$c = Get-KubeConnection; $t = [securestring]::new(); 'not-a-token'.ToCharArray().ForEach{ $t.AppendChar($_) }; "
        + "Connect-KubeCluster -Server $c.Server -Token $t -SkipCertificateCheck -WarningAction SilentlyContinue; Get-KubeServiceAccount")
        .RequireError("Unauthorized");

    [Fact]
    public async Task A_workload_is_pointed_at_another_account()
    {
        _engine.Run("New-KubeServiceAccount runner").RequireNoErrors();
        var labels = new Dictionary<string, string> { ["app"] = "idle" };
        await cluster.Client.AppsV1.CreateNamespacedDeploymentAsync(
            new V1Deployment
            {
                Metadata = new V1ObjectMeta { Name = "idle" },
                Spec = new V1DeploymentSpec
                {
                    Replicas = 0,
                    Selector = new V1LabelSelector { MatchLabels = labels },
                    Template = new V1PodTemplateSpec
                    {
                        Metadata = new V1ObjectMeta { Labels = labels },
                        Spec = new V1PodSpec { Containers = [new V1Container { Name = "idle", Image = "registry.k8s.io/pause:3.10" }] },
                    },
                },
            },
            cluster.Namespace,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["runner", "default"],
            _engine.Run("$w = Set-KubeWorkloadServiceAccount idle runner; $w.ServiceAccount, $w.PreviousServiceAccount").RequireNoErrors().Text);
        var stored = await cluster.Client.AppsV1.ReadNamespacedDeploymentAsync("idle", cluster.Namespace, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("runner", stored.Spec.Template.Spec.ServiceAccountName);
    }

    private string[] Texts(string script) => [.. _engine.Run(script).RequireNoErrors().Text];

    // Controllers take their time; what is waited for is the condition, never a time.
    private static void Eventually(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)), "It did not come about within 30 s.");
}

public sealed class Live_contract_on_the_named_cluster(NamedCluster cluster) : LiveContract(cluster), IClassFixture<NamedCluster>;

public sealed class Live_contract_on_the_legacy_sandbox(LegacySandbox cluster) : LiveContract(cluster), IClassFixture<LegacySandbox>;
