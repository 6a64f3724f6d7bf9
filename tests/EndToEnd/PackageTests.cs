using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace KubeSa.EndToEnd;

/// <summary>What users install.</summary>
public sealed class PackageTests(PackageFixture package) : IClassFixture<PackageFixture>
{
    private const string ShowImport = """
        Import-Module $args[0]
        [KubeSa.ServiceAccount].Assembly.Location
        (Get-Command Get-KubeServiceAccount).Source
        (Get-Help Get-KubeServiceAccount).Synopsis
        (Get-TypeData KubeSa.ServiceAccount).Members.ContainsKey('Age')
        $config = Join-Path ([IO.Path]::GetTempPath()) "kubesa-package-$PID"
        Set-Content $config 'contexts: [{name: here, context: {cluster: c, user: u} }]', 'clusters: [{name: c, cluster: {server: "https://h"} }]'
        try { (Get-KubeContext -KubeConfig $config).Name } finally { Remove-Item $config }
        [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'KubeSa.Client' }.Location
        """;

    private static readonly string[] Assemblies = ["KubeSa.dll", "client/KubeSa.Client.dll", "client/YamlDotNet.dll"];

    [Theory]
    [InlineData("zip")]
    [InlineData("nupkg")]
    public void It_is_under_18_MB(string kind)
    {
        _ = package.Module;
        Assert.InRange(Assert.Single(package.Output.GetFiles($"*.{kind}")).Length, 1_000_000, 18_000_000);
    }

    /// <summary>As the runtime tells them apart: the processor's number, changed by one of the system's.</summary>
    [Theory]
    [InlineData("linux-x64", 0x8664 ^ 0x7B79)]
    [InlineData("linux-arm64", 0xAA64 ^ 0x7B79)]
    [InlineData("win-x64", 0x8664)]
    [InlineData("osx-arm64", 0xAA64 ^ 0x4644)]
    public void It_holds_code_for(string platform, int machine)
    {
        Assert.All(Assemblies, file =>
        {
            var image = Path.Combine(Assert.Single(Directory.GetDirectories(package.Bin, "net*")), platform, file);
            var plain = Path.Combine(package.Bin, file);
            Assert.Equal<ushort?>((ushort)machine, AheadImages.MachineOf(image));
            Assert.Null(AheadImages.MachineOf(plain));
            Assert.Equal(Identity(plain), Identity(image));
        });
    }

    [Fact]
    public void Its_manifest_lists_all_its_files()
    {
        var files = Directory.EnumerateFiles(package.Module, "*", SearchOption.AllDirectories)
            .Select(file => $"'{Path.GetRelativePath(package.Module, file).Replace('\\', '/')}'");
        var manifest = File.ReadAllLines(Path.Combine(package.Module, "KubeSa.psd1")).Select(line => line.Trim()).ToHashSet();
        Assert.DoesNotContain(files, file => !manifest.Contains(file));
    }

    [Fact]
    public async Task It_loads_what_was_compiled_for_this_machine()
    {
        var images = Path.Combine(package.Bin, AheadImages.Folder);
        Assert.SkipUnless(Directory.Exists(images), $"The package has no code for {AheadImages.Folder}.");
        Assert.Equal(
            [Path.Combine(images, "KubeSa.dll"), "KubeSa", "Gets service accounts: one, those that match, those of a namespace or of all.", "True", "here", Path.Combine(images, "client", "KubeSa.Client.dll")],
            await package.RunAsync(ShowImport));
    }

    /// <summary>Whatever lies where this machine's code should be, an import takes the plain assembly for it.</summary>
    [Theory]
    [InlineData("another system's")]
    [InlineData("another processor's")]
    [InlineData("no program at all")]
    [InlineData("nothing")]
    public async Task An_image_for_another_machine_breaks_no_load(string instead)
    {
        var (system, processor) = (OperatingSystem.IsLinux(), AheadImages.Folder.EndsWith("x64", StringComparison.Ordinal));
        var folder = instead == "another system's" ? (system ? "win-x64" : "linux-x64") : processor ? "linux-arm64" : "linux-x64";
        var copy = Copy(package.Module, Path.Combine(package.Output.FullName, Guid.NewGuid().ToString("N"), "KubeSa"));
        foreach (var file in Assemblies)
        {
            var image = Path.Combine(copy, "module", "bin", AheadImages.Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(image)!);
            var other = Path.Combine(package.Bin, Path.GetDirectoryName(AheadImages.Folder)!, folder, file);
            await File.WriteAllBytesAsync(
                image,
                instead switch
                {
                    "nothing" => [],
                    "no program at all" => [.. Enumerable.Repeat((byte)'x', 2000)],
                    _ => await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken),
                },
                TestContext.Current.CancellationToken);
        }

        var bin = Path.Combine(copy, "module", "bin");
        Assert.Equal(
            [Path.Combine(bin, "KubeSa.dll"), "KubeSa", "Gets service accounts: one, those that match, those of a namespace or of all.", "True", "here", Path.Combine(bin, "client", "KubeSa.Client.dll")],
            await package.RunAsync($"$args = @('{Path.Combine(copy, "KubeSa.psd1")}')\n" + ShowImport));
    }

    /// <summary>From a gallery, to a second version, and away again.</summary>
    [Fact]
    public async Task It_is_published_installed_updated_and_uninstalled()
    {
        var home = Directory.CreateDirectory(Path.Combine(package.Output.FullName, "home")).FullName;
        var said = await package.RunAsync(await File.ReadAllTextAsync(Path.Combine(Checkout.Tests, "EndToEnd", "Gallery.ps1"), TestContext.Current.CancellationToken), home);
        Assert.SkipWhen(said[0] == "no PSResourceGet", "Publish-PSResource is not in this PowerShell.");
        var version = Path.GetFileName(package.Module);
        var newer = "9" + version[1..];
        Assert.Equal(
            [
                $"published {version} {newer}", "project https://github.com/kubesa/KubeSa", $"imported {version}", $"installed {newer} {version}",
                $"This session has loaded KubeSa {version} from", "Start a new session", $"a new session imports {newer}", "left 0",
            ],
            said);
    }

    [Fact]
    public async Task Its_help_can_be_updated()
    {
        var home = Directory.CreateDirectory(Path.Combine(package.Output.FullName, "help-home")).FullName;
        var said = await package.RunAsync(
            $$"""
            Import-Module $args[0]
            Update-Help KubeSa -SourcePath '{{Path.Combine(package.Output.FullName, "help")}}' -UICulture en-US -Scope CurrentUser -Force
            (Get-ChildItem '{{home}}' -Recurse -Force -Filter KubeSa.dll-Help.xml).Count
            """,
            home);
        Assert.Equal(["1"], said);
    }

    private static Guid Identity(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }
}
