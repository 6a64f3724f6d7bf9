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
    private static readonly string[] Reading = ["Get", "Find"];

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
        Named("AllNamespaces").Where(item => !WithoutCluster.Contains(item.Cmdlet) && !typeof(AccessCmdlet).IsAssignableFrom(item.Property.ReflectedType)),
        item =>
        {
            var ns = item.Property.ReflectedType!.GetProperty("Namespace")!;
            Assert.Empty(Sets(item.Property).Intersect(Sets(ns)));
            Assert.DoesNotContain(ParameterAttribute.AllParameterSets, Sets(item.Property));
        });

    [Fact]
    public void An_account_is_named_and_piped_alike() => Assert.All(
        All.Where(item => IsAccount(item.Property.PropertyType)),
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

    // Connect-KubeCluster always returns what it made; the switch stays for scripts that have it.
    [Fact]
    public void Pass_thru_writes_what_else_would_not_be_written() => Assert.All(
        Named("PassThru").Where(item => item.Cmdlet != "Connect-KubeCluster"),
        item =>
        {
            Assert.Equal(typeof(SwitchParameter), item.Property.PropertyType);
            Assert.StartsWith("Set-", item.Cmdlet, StringComparison.Ordinal);
        });

    private static bool IsAccount(Type type) => (type.GetElementType() ?? type) == typeof(ServiceAccountReference);

    private static string[] Aliases(PropertyInfo property) => [.. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []];

    private static IEnumerable<ParameterAttribute> Parameters(PropertyInfo property) => property.GetCustomAttributes<ParameterAttribute>();

    private static IEnumerable<string> Sets(PropertyInfo property) => Parameters(property).Select(parameter => parameter.ParameterSetName);
}
