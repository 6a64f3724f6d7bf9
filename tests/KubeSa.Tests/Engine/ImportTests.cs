using System.Runtime.Loader;
using Xunit;

namespace KubeSa.Tests.Engine;

public sealed class ImportTests
{
    [Fact]
    public void Exports_exactly_what_the_manifest_names()
    {
        using var engine = new HostedEngine();
        var exported = engine.Run("(Get-Command -Module KubeSa).Name").RequireNoErrors().Text;
        var named = engine.Run($"(Test-ModuleManifest '{Repository.Manifest}').ExportedCommands.Keys").RequireNoErrors().Text;
        Assert.NotEmpty(exported);
        Assert.Equal(named.Order(), exported.Order());
    }

    [Fact]
    public void Shows_its_own_types_and_hides_the_client_library()
    {
        using var engine = new HostedEngine();
        Assert.Equal(["KubeSa.ServiceAccount"], engine.Run("[KubeSa.ServiceAccount].FullName").RequireNoErrors().Text);
        engine.Run("'kind: Secret', 'type: other' | ConvertFrom-SaTokenSecret").RequireError("SecretNotTokenType");
        engine.Run("[k8s.Kubernetes]").RequireError("TypeNotFound");
    }

    [Fact]
    public void Is_imported_again_with_force_and_after_removal()
    {
        using var engine = new HostedEngine();
        engine.Run($"Import-Module '{Repository.Manifest}' -Force; Remove-Module KubeSa; Import-Module '{Repository.Manifest}'").RequireNoErrors();
        Assert.Equal(["Get-KubeConnection"], engine.Run("(Get-Command Get-KubeConnection -Module KubeSa).Name").RequireNoErrors().Text);
    }

    [Fact]
    public void Lives_beside_another_version_of_YamlDotNet()
    {
        var theirs = typeof(YamlDotNet.Serialization.Deserializer).Assembly;
        Assert.Equal(13, theirs.GetName().Version!.Major);
        using var engine = new HostedEngine();
        engine.Run("'kind: Secret', 'type: other' | ConvertFrom-SaTokenSecret").RequireError("SecretNotTokenType");

        var ours = AssemblyLoadContext.All.Single(context => context.Name == "KubeSa").Assemblies
            .Single(assembly => assembly.GetName().Name == "YamlDotNet");
        Assert.NotEqual(theirs.GetName().Version, ours.GetName().Version);
    }

    [Fact]
    public void Keeps_the_client_out_of_the_default_context()
    {
        using var engine = new HostedEngine();
        engine.Run("'kind: Secret', 'type: other' | ConvertFrom-SaTokenSecret").RequireError("SecretNotTokenType");
        Assert.DoesNotContain(
            AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "KubernetesClient" or "KubeSa.Client");
    }
}
