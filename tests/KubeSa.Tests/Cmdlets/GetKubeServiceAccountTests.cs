using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class GetKubeServiceAccountTests(RetiredKeyFixture sandbox) : IClassFixture<RetiredKeyFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Lists_the_accounts_of_the_connections_namespace()
    {
        var accounts = _engine.Run("Get-KubeServiceAccount").RequireNoErrors().As<ServiceAccount>();
        Assert.NotEmpty(accounts);
        Assert.All(accounts, account => Assert.Equal("default", account.Namespace));
    }

    [Fact]
    public void Lists_all_namespaces_and_matches_names_and_namespaces_by_wildcard()
    {
        var all = _engine.Run("Get-KubeServiceAccount -A").RequireNoErrors().As<ServiceAccount>();
        Assert.Contains(all, account => account.ToString() == "kube-system/coredns");
        Assert.Contains(all, account => account.ToString() == "shop/checkout");

        var some = _engine.Run("Get-KubeServiceAccount *o* -Namespace kube-*, shop").RequireNoErrors().As<ServiceAccount>();
        Assert.Contains(some, account => account.ToString() == "kube-system/coredns");
        Assert.Contains(some, account => account.ToString() == "shop/checkout");
        Assert.DoesNotContain(some, account => account.Name == "reader");
    }

    [Fact]
    public void Gets_one_by_name_with_all_that_describes_it()
    {
        var account = Assert.Single(_engine.Run("Get-KubeServiceAccount default -Namespace kube-system -IncludeTokens").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal("system:serviceaccount:kube-system:default", account.UserName);
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"], account.Groups);
        Assert.Equal(account.MountableSecrets, account.Tokens!.Select(token => token.Name));
        Assert.Equal(1, account.SecretCount);
        Assert.NotNull(account.Uid);
        Assert.NotNull(account.Age);
        Assert.Equal(DateTimeKind.Local, account.CreationTimestamp!.Value.Kind);
    }

    [Fact]
    public void Says_which_literal_name_is_missing_and_goes_on()
    {
        var result = _engine.Run("Get-KubeServiceAccount nope, default");
        var error = result.RequireError("ServiceAccountNotFound");
        Assert.Equal("ServiceAccountNotFound,KubeSa.Cmdlets.GetKubeServiceAccountCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("default/nope", error.TargetObject);
        Assert.Equal("default", Assert.Single(result.As<ServiceAccount>()).Name);
    }

    [Fact]
    public void Is_silent_where_a_wildcard_matches_nothing() =>
        Assert.Empty(_engine.Run("Get-KubeServiceAccount nope*").RequireNoErrors().Output);

    [Fact]
    public void Says_that_a_namespace_is_missing() =>
        Assert.Equal("nowhere", _engine.Run("Get-KubeServiceAccount -Namespace nowhere").RequireError("NamespaceNotFound").TargetObject);

    [Theory]
    [InlineData("Get-KubeServiceAccount '../../secrets/x'")]
    [InlineData("Get-KubeServiceAccount Upper")]
    [InlineData("Get-KubeServiceAccount x -Namespace '../kube-system'")]
    [InlineData("Get-KubeServiceAccount -Namespace 'a/b'")]
    public void Refuses_names_that_would_reach_something_else(string script) => _engine.Run(script).RequireError("InvalidName");

    [Fact]
    public void Selects_by_label_and_field()
    {
        _engine.Run("New-KubeServiceAccount picked -Label @{ tier = 'gold' }").RequireNoErrors();
        Assert.Equal(["picked"], _engine.Run("(Get-KubeServiceAccount -LabelSelector tier=gold).Name").RequireNoErrors().Text);
        Assert.Equal(["picked"], _engine.Run("(Get-KubeServiceAccount -A -FieldSelector metadata.name=picked).Name").RequireNoErrors().Text);
        Assert.Equal(["picked"], _engine.Run("(Get-KubeServiceAccount picked -A).Name").RequireNoErrors().Text);
        _engine.Run("Get-KubeServiceAccount -LabelSelector '!!'").RequireError("InvalidRequest");
        _engine.Run("Get-KubeServiceAccount none-of-this-name -A").RequireError("ServiceAccountNotFound");
    }

    [Fact]
    public void Sends_piped_objects_back_to_the_cluster_they_came_from()
    {
        var result = _engine.Run("$a = Get-KubeServiceAccount default; Disconnect-KubeCluster; ($a | Get-KubeServiceAccount).Uid -eq $a.Uid");
        Assert.Equal(["True"], result.RequireNoErrors().Text);
    }

    [Fact]
    public void Finds_the_account_of_a_piped_token_secret() =>
        Assert.Equal(
            ["kube-system/default"],
            _engine.Run("Get-KubeSaTokenSecret -Namespace kube-system | Get-KubeServiceAccount").RequireNoErrors().Text);

    [Fact]
    public void Takes_names_from_the_pipeline() =>
        Assert.Equal(["kube-system/coredns", "kube-system/default"], _engine.Run("'coredns', 'default' | Get-KubeServiceAccount -ns kube-system").RequireNoErrors().Text);

    [Fact]
    public void Knows_the_clouds_identities_that_annotations_name()
    {
        var account = Assert.Single(_engine.Run(
            "New-KubeServiceAccount cloudy -Annotation @{ 'eks.amazonaws.com/role-arn' = 'arn:aws:iam::1:role/r'; "
            + "'azure.workload.identity/client-id' = 'c'; 'iam.gke.io/gcp-service-account' = 'a@p.iam.gserviceaccount.com'; other = 'x' }").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(
            ["AWS: arn:aws:iam::1:role/r", "Azure: c", "GCP: a@p.iam.gserviceaccount.com"],
            account.CloudIdentities.Select(identity => identity.ToString()));
        Assert.Empty(Assert.Single(_engine.Run("Get-KubeServiceAccount default").RequireNoErrors().As<ServiceAccount>()).CloudIdentities);
    }

    [Fact]
    public void Tells_what_the_cluster_has_to_tell_of_an_account()
    {
        _engine.Run("New-KubeServiceAccount eventful, quiet -Namespace shop").RequireNoErrors();
        var file = Path.Combine(Path.GetTempPath(), $"kubesa-event-{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Event, metadata: {name: new, namespace: shop}, involvedObject: {kind: ServiceAccount, name: eventful, namespace: shop}, type: Warning, reason: FailedTokenCreation, message: "no key", count: 4, firstTimestamp: "2020-01-01T00:00:00Z", lastTimestamp: "2020-01-02T00:00:00Z", source: {component: token-controller}}
            - {apiVersion: v1, kind: Event, metadata: {name: old, namespace: shop}, involvedObject: {kind: ServiceAccount, name: eventful, namespace: shop}, reason: Made, message: "made", lastTimestamp: "2019-01-02T00:00:00Z"}
            - {apiVersion: v1, kind: Event, metadata: {name: pod, namespace: shop}, involvedObject: {kind: Pod, name: eventful, namespace: shop}, reason: Other, message: "another object of that name"}
            """);
        try
        {
            Kubectl.Run(sandbox.Server.KubeConfig, "create", "-f", file);
        }
        finally
        {
            File.Delete(file);
        }

        var account = Assert.Single(_engine.Run("Get-KubeServiceAccount eventful -Namespace shop -IncludeEvents").RequireNoErrors().As<ServiceAccount>());
        Assert.Equal(["Normal Made (x1, ): made", "Warning FailedTokenCreation (x4, token-controller): no key"], account.Events!.Select(told => told.ToString()));
        Assert.Equal(new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc), account.Events![1].LastSeen!.Value.ToUniversalTime());
        Assert.Equal(DateTimeKind.Local, account.Events[1].FirstSeen!.Value.Kind);
        Assert.Empty(Assert.Single(_engine.Run("Get-KubeServiceAccount quiet -Namespace shop -IncludeEvents").RequireNoErrors().As<ServiceAccount>()).Events!);
        Assert.Null(Assert.Single(_engine.Run("Get-KubeServiceAccount eventful -Namespace shop").RequireNoErrors().As<ServiceAccount>()).Events);
    }

    [Fact]
    public void Takes_names_with_their_namespace_as_errors_and_strings_have_them()
    {
        Assert.Equal(["shop/checkout"], _engine.Run("Get-KubeServiceAccount shop/checkout").RequireNoErrors().Text);
        Assert.Equal(["shop/checkout"], _engine.Run("Get-KubeServiceAccount system:serviceaccount:shop:checkout -Namespace shop").RequireNoErrors().Text);
        Assert.Equal(["shop/checkout", "kube-system/coredns"], _engine.Run("'shop/check*', 'kube-system/coredns' | Get-KubeServiceAccount").RequireNoErrors().Text);
        Assert.Equal("shop/nope", _engine.Run("Get-KubeServiceAccount shop/nope").RequireError("ServiceAccountNotFound").TargetObject);
        Assert.Equal("shop/checkout", _engine.Run("Get-KubeServiceAccount shop/checkout -Namespace kube-system").RequireError("InvalidRequest").TargetObject);
        _engine.Run("Get-KubeServiceAccount a/b/c").RequireError("InvalidName");
        _engine.Run("Get-KubeServiceAccount /checkout").RequireError("InvalidName");

        _engine.Run("New-KubeServiceAccount short -Namespace shop").RequireNoErrors();
        Assert.Equal(["short"], _engine.Run("(New-KubeServiceAccountToken shop/short).ServiceAccount").RequireNoErrors().Text);
        Assert.Equal(["1"], _engine.Run("(Set-KubeServiceAccount shop/short -Label @{ a = 1 } -PassThru).Labels['a']").RequireNoErrors().Text);
        _engine.Run("Remove-KubeServiceAccount shop/short -Namespace default -Confirm:$false").RequireError("InvalidRequest");
        _engine.Run("Remove-KubeServiceAccount shop/short -Confirm:$false").RequireNoErrors();
        _engine.Run("Get-KubeServiceAccount shop/short").RequireError("ServiceAccountNotFound");
    }
}
