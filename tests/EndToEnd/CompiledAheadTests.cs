using System.Text.RegularExpressions;
using Xunit;

namespace KubeSa.EndToEnd;

/// <summary>A new pwsh has nothing of the module left to compile, where it was compiled ahead of time for its runtime.</summary>
public sealed partial class CompiledAheadTests
{
    [Fact]
    public async Task Nothing_of_the_module_is_compiled_just_in_time()
    {
        Assert.SkipUnless(HasImage("KubeSa.dll") && HasImage("client/KubeSa.Client.dll"), "The module is not compiled ahead of time: build with -p:ReadyToRun=true.");
        var (pwsh, first) = await FindPowerShellAsync();
        var folder = Directory.CreateTempSubdirectory("kubesa-cold-");
        try
        {
            var kubeConfig = Path.Combine(folder.FullName, "config");
            await File.WriteAllTextAsync(
                kubeConfig, "contexts: [{name: here, context: {cluster: c, user: u} }]\nclusters: [{name: c, cluster: {server: 'https://h'} }]\n", TestContext.Current.CancellationToken);
            var compiled = Path.Combine(folder.FullName, "compiled.txt");
            var (exitCode, output) = await Tool.RunAsync(
                pwsh,
                [.. first, "-NoProfile", "-NonInteractive", "-Command", $"[Environment]::Version.Major; Import-Module ./KubeSa.psd1; (Get-KubeContext -KubeConfig '{kubeConfig}').Name"],
                TimeSpan.FromMinutes(2),
                TestContext.Current.CancellationToken,
                new Dictionary<string, string> { ["DOTNET_JitStdOutFile"] = compiled, ["DOTNET_JitDisasmSummary"] = "1" });
            Assert.True(exitCode == 0 && output.EndsWith("here", StringComparison.Ordinal), output);
            Assert.SkipUnless(output.StartsWith(Environment.Version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), "This pwsh runs on another runtime than the one compiled for.");

            var methods = await File.ReadAllLinesAsync(compiled, TestContext.Current.CancellationToken);
            Assert.NotEmpty(methods);
            Assert.DoesNotContain(methods, method => OfTheModule().IsMatch(method));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A process that ends in the middle of waking up the system's cryptography is aborted by it.</summary>
    [Theory]
    [InlineData("$w = [Diagnostics.Stopwatch]::StartNew(); while ($w.ElapsedMilliseconds -lt 300) {}; [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'KubeSa.Client' }.Count", "0")]
    [InlineData("try { Get-KubeServiceAccount -NoSuchParameter } catch { 'refused' }", "refused")]
    public async Task The_import_begins_nothing_and_a_refused_cmdlet_ends_what_it_began(string command, string said)
    {
        var (pwsh, first) = await FindPowerShellAsync();
        for (var i = 0; i < 3; i++)
        {
            var (exitCode, output) = await Tool.RunAsync(
                pwsh,
                [.. first, "-NoProfile", "-NonInteractive", "-Command", $"Import-Module ./KubeSa.psd1; {command}"],
                TimeSpan.FromMinutes(2),
                TestContext.Current.CancellationToken);
            Assert.Equal((0, said), (exitCode, output));
        }
    }

    private static async Task<(string Program, string[] FirstArguments)> FindPowerShellAsync()
    {
        try
        {
            return await PowerShellTool.FindAsync(TestContext.Current.CancellationToken);
        }
        catch (ToolMissingException missing)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    private static bool HasImage(string file) => File.Exists(Path.Combine(Checkout.Root, "module", "bin", AheadImages.Folder, file));

    // What is compiled again because it is called often (Tier1) was there before. The loader is plain IL on every machine.
    [GeneratedRegex(@"JIT compiled (KubeSa(?!\.Loading\.(ModuleStart|CompiledAhead))|YamlDotNet|k8s)\..*\[(?!Tier1)")]
    private static partial Regex OfTheModule();
}
