using System.Management.Automation;
using System.Reflection;
using KubeSa.Cmdlets;
using KubeSa.Completion;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>Parameters for the same thing are the same in every cmdlet: name, aliases, what the pipeline brings, sets and Tab.</summary>
public sealed class ParameterTests
{
    // A pod that is checked from inside has no connection to complete names by; a connection's own namespace is not asked of one.
    private static readonly string[] WithoutCluster = ["Test-KubeInClusterAccess", "Connect-KubeCluster", "New-KubeConnection"];

    // Whoever changes something names it; what only looks takes wildcards.
    private static readonly string[] Reading = ["Get", "Find", "Test"];

    // What each completer completes is what kubectl -o name writes before the name.
    private static readonly Dictionary<Type, string[]> Kinds = new()
    {
        [typeof(NamespaceCompleter)] = ["namespace"],
        [typeof(TokenSecretCompleter)] = ["secret"],
        [typeof(PullSecretCompleter)] = ["secret"],
        [typeof(PodCompleter)] = ["pod"],
        [typeof(NodeCompleter)] = ["node"],
        [typeof(RoleCompleter)] = ["role"],
        [typeof(ClusterRoleCompleter)] = ["clusterrole"],
        [typeof(RoleBindingCompleter)] = ["rolebinding", "clusterrolebinding"],
    };

    // There is nothing to complete in the name of what is new.
    private static readonly Dictionary<(string Cmdlet, string Parameter), string[]> KindsOfNew = new()
    {
        [("New-KubeServiceAccount", "Name")] = ["serviceaccount"],
        [("New-KubeSaTokenSecret", "Name")] = ["secret"],
        [("New-KubeRole", "Name")] = ["role", "clusterrole"],
        [("Grant-KubeServiceAccountRole", "BindingName")] = ["rolebinding", "clusterrolebinding"],
        [("Revoke-KubeServiceAccountRole", "Binding")] = ["rolebinding", "clusterrolebinding"],
    };

    // What is piped to these is the log, and accounts choose what of it is shown.
    private static readonly string[] OfLogs = ["Get-KubeAccessUse", "Watch-KubeAccessRefusal"];

    // The namespace is the object itself; a workload has one account; whether one may do something is asked of oneself, too.
    private static readonly (string Cmdlet, string Parameter)[] OfTheirOwn =
    [
        ("Get-KubeNamespace", "Namespace"), ("Set-KubeWorkloadServiceAccount", "ServiceAccount"), ("Test-KubeAccess", "ServiceAccount"),
        ("New-KubeAccessPlan", "ServiceAccount"), .. OfLogs.Select(cmdlet => (cmdlet, "ServiceAccount")),

        // Of the snapshots that it judges, where no connection has a namespace of its own.
        ("Invoke-KubeServiceAccountAudit", "ServiceAccount"), ("Invoke-KubeServiceAccountAudit", "Namespace"), ("Invoke-KubeServiceAccountAudit", "AllNamespaces"),
    ];

    private static IEnumerable<(string Cmdlet, PropertyInfo Property)> All =>
        from type in typeof(KubeCmdlet).Assembly.GetExportedTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null
        from property in type.GetProperties()
        where property.GetCustomAttributes<ParameterAttribute>().Any()
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", property);

    private static List<(string Cmdlet, PropertyInfo Property)> Named(string name)
    {
        var found = All.Where(item => item.Property.Name == name).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    [Theory]
    [InlineData("Namespace", "ns n")]
    [InlineData("AllNamespaces", "A")]
    [InlineData("Label", "Labels")]
    [InlineData("Annotation", "Annotations")]
    [InlineData("ImagePullSecret", "ImagePullSecrets")]
    [InlineData("LiteralPath", "PSPath LP")]
    public void A_parameter_answers_to_its_aliases_everywhere(string name, string aliases) => Assert.All(
        Named(name),
        item => Assert.True(aliases.Split(' ').All(Aliases(item.Property).Contains), $"{item.Cmdlet} -{name} has the aliases {string.Join(", ", Aliases(item.Property))}."));

    [Fact]
    public void A_namespace_comes_with_what_is_piped_and_is_completed() => Assert.All(
        Named("Namespace").Where(item => !WithoutCluster.Contains(item.Cmdlet)),
        item =>
        {
            Assert.True(Parameters(item.Property).All(parameter => parameter.ValueFromPipelineByPropertyName), item.Cmdlet);
            Assert.True(item.Property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type == typeof(NamespaceCompleter), item.Cmdlet);
        });

    [Fact]
    public void All_namespaces_and_one_are_never_given_together() => Assert.All(
        Named("AllNamespaces").Where(item => !WithoutCluster.Contains(item.Cmdlet)),
        item =>
        {
            var ns = item.Property.ReflectedType!.GetProperty("Namespace")!;
            Assert.Empty(Sets(item.Property).Intersect(Sets(ns)));
            Assert.DoesNotContain(ParameterAttribute.AllParameterSets, Sets(item.Property));
        });

    [Fact]
    public void An_account_is_named_and_piped_alike() => Assert.All(
        All.Where(item => IsAccount(item.Property.PropertyType) && !OfLogs.Contains(item.Cmdlet)),
        item =>
        {
            Assert.True(item.Property.Name is "ServiceAccount" or "Name", $"{item.Cmdlet} -{item.Property.Name}");
            Assert.True(Parameters(item.Property).All(parameter => parameter.ValueFromPipeline), item.Cmdlet);
            Assert.True(item.Property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type == typeof(ServiceAccountCompleter), item.Cmdlet);

            // -ServiceAccount is understood by all, also where accounts are what the cmdlet is about.
            Assert.True(item.Property.Name == "ServiceAccount" || Aliases(item.Property).Contains("ServiceAccount"), item.Cmdlet);
        });

    [Fact]
    public void An_account_that_one_looks_for_may_be_named_by_wildcards() => Assert.All(
        All.Where(item => IsAccount(item.Property.PropertyType) && Reading.Contains(item.Cmdlet.Split('-')[0])),
        item => Assert.True(item.Property.GetCustomAttribute<SupportsWildcardsAttribute>() is not null, item.Cmdlet));

    [Fact]
    public void No_account_is_a_mere_text() => Assert.DoesNotContain(
        All, item => item.Property.Name == "ServiceAccount" && !IsAccount(item.Property.PropertyType));

    [Fact]
    public void A_cmdlet_that_looks_in_namespaces_looks_in_all_where_it_takes_several() => Assert.All(
        Named("Namespace").Where(item => item.Property.PropertyType == typeof(string[]) && item.Cmdlet != "Get-KubeNamespace"),
        item => Assert.NotNull(item.Property.ReflectedType!.GetProperty("AllNamespaces")));

    [Fact]
    public void A_name_is_taken_as_kubectl_prints_it() => Assert.All(
        All.Where(item => !WithoutCluster.Contains(item.Cmdlet)).Select(item => (item.Cmdlet, item.Property, Kinds: KindsOf(item.Cmdlet, item.Property))).Where(item => item.Kinds is not null),
        item =>
        {
            var taken = item.Property.GetCustomAttribute<WithoutKindAttribute>()?.Kinds ?? [];
            Assert.True(item.Kinds!.All(taken.Contains), $"{item.Cmdlet} -{item.Property.Name} takes {string.Join(", ", taken)} before a name, and not {string.Join(", ", item.Kinds!)}.");
        });

    /// <summary>A parameter that names one namespace, several or accounts is declared by a base, or overrides the base's.</summary>
    [Theory]
    [InlineData("Namespace", typeof(NamespaceCmdlet), typeof(NamespaceQueryCmdlet))]
    [InlineData("AllNamespaces", typeof(NamespaceQueryCmdlet), typeof(AccessCmdlet))]
    [InlineData("ServiceAccount", typeof(ForAccountCmdlet), typeof(AccountQueryCmdlet), typeof(AccountSnapshotCmdlet))]
    public void What_is_in_many_cmdlets_comes_from_one_place(string name, params Type[] bases) => Assert.All(
        Named(name).Where(item => !WithoutCluster.Contains(item.Cmdlet) && !OfTheirOwn.Contains((item.Cmdlet, name))),
        item => Assert.True(bases.Any(one => one.IsAssignableFrom(item.Property.ReflectedType)), $"{item.Cmdlet} -{name} is declared by {item.Property.DeclaringType!.Name}."));

    // Connect-KubeCluster always returns what it made; the switch stays for scripts that have it.
    [Fact]
    public void Pass_thru_writes_what_else_would_not_be_written() => Assert.All(
        Named("PassThru").Where(item => item.Cmdlet != "Connect-KubeCluster"),
        item =>
        {
            Assert.Equal(typeof(SwitchParameter), item.Property.PropertyType);
            Assert.StartsWith("Set-", item.Cmdlet, StringComparison.Ordinal);
        });

    private static string[]? KindsOf(string cmdlet, PropertyInfo property) =>
        KindsOfNew.GetValueOrDefault((cmdlet, property.Name))
        ?? (property.GetCustomAttribute<ArgumentCompleterAttribute>() is { Type: { } completer } ? Kinds.GetValueOrDefault(completer) : null);

    private static bool IsAccount(Type type) => (type.GetElementType() ?? type) == typeof(ServiceAccountReference);

    private static string[] Aliases(PropertyInfo property) => [.. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []];

    private static IEnumerable<ParameterAttribute> Parameters(PropertyInfo property) => property.GetCustomAttributes<ParameterAttribute>();

    private static IEnumerable<string> Sets(PropertyInfo property) => Parameters(property).Select(parameter => parameter.ParameterSetName);
}
