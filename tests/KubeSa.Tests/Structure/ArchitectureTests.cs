using System.Text.RegularExpressions;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>Who may use what, read from the code's own words.</summary>
public sealed partial class ArchitectureTests
{
    private const string PowerShell = @"System\.Management\.Automation";
    private const string Kubernetes = @"\bk8s\b";

    [Theory]
    [InlineData("src/KubeSa/Model", PowerShell + "|" + Kubernetes + @"|KubeSa\.(Api|Cmdlets|Connections|Loading|Diagnosis)")]
    [InlineData("src/KubeSa/Api", PowerShell + "|" + Kubernetes + @"|KubeSa\.(Cmdlets|Connections|Loading|Diagnosis)")]
    [InlineData("src/KubeSa/Diagnosis", PowerShell + "|" + Kubernetes + @"|KubeSa\.(Cmdlets|Connections|Loading|Api)|System\.Net\.Http")]
    [InlineData("src/KubeSa/Rbac", PowerShell + "|" + Kubernetes + @"|KubeSa\.(Cmdlets|Connections|Loading|Diagnosis)|System\.Net\.Http")]
    [InlineData("src/KubeSa/Analysis", PowerShell + "|" + Kubernetes + @"|KubeSa\.(Cmdlets|Connections|Loading|Completion)|System\.Net\.Http")]
    [InlineData("src/KubeSa/Formatting", PowerShell + "|" + Kubernetes + @"|KubeSa\.(Api|Cmdlets|Connections|Loading)")]
    [InlineData("src/KubeSa/Connections", Kubernetes + @"|KubeSa\.(Cmdlets|Completion)|HttpClient")]
    [InlineData("src/KubeSa/RunAs", Kubernetes + @"|KubeSa\.(Cmdlets|Completion|Connections)|HttpClient")]
    [InlineData("src/KubeSa/Completion", Kubernetes + @"|KubeSa\.Cmdlets|HttpClient")]
    [InlineData("src/KubeSa/Cmdlets", Kubernetes + "|HttpClient")]
    [InlineData("src/KubeSa.Client", PowerShell + @"|KubeSa\.(Cmdlets|Connections|Completion|Loading)")]
    [InlineData("src/KubeSa.Sandbox", PowerShell + @"|KubeSa\.Client|using k8s")]
    public void A_folder_uses_only_what_it_may(string folder, string never)
    {
        var files = Sources(folder);
        Assert.NotEmpty(files);
        var offences = files.SelectMany(file => File.ReadLines(file)
            .Select(line => Comment().Replace(line, string.Empty))
            .Where(line => Regex.IsMatch(line, never))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}"));
        Assert.Empty(offences);
    }

    [Fact]
    public void Reflection_creates_the_gateway_and_nothing_else()
    {
        var uses = Sources("src/KubeSa").Where(file => File.ReadAllText(file).Contains("Activator.CreateInstance", StringComparison.Ordinal));
        Assert.Equal(["ClientLoadContext.cs"], uses.Select(file => Path.GetFileName(file)!));
    }

    [Fact]
    public void Only_cmdlets_of_the_bridge_wait_for_tasks()
    {
        var waits = Sources("src/KubeSa/Cmdlets").Where(file => Blocking().IsMatch(File.ReadAllText(file)));
        Assert.Equal(["KubeCmdlet.cs"], waits.Select(file => Path.GetFileName(file)!));
    }

    private static List<string> Sources(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    [GeneratedRegex(@"//.*|""[^""]*""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();
}
