using System.Diagnostics;
using Xunit;

namespace KubeSa.Tests.Engine;

/// <summary>The real kubectl; where it is not installed the test says so and is skipped.</summary>
internal static class Kubectl
{
    /// <summary>Runs it to its end and gives back what it printed; it must succeed.</summary>
    internal static string Run(string kubeConfig, params string[] arguments)
    {
        var (code, output, error) = Ask(kubeConfig, arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}: {error}");
        return output;
    }

    /// <summary>Runs it to its end, however it ends.</summary>
    internal static (int ExitCode, string Output, string Error) Ask(string kubeConfig, params string[] arguments) =>
        Ask(kubeConfig, new Dictionary<string, string?>(), arguments);

    /// <summary>The same with variables of its own; null takes one away.</summary>
    internal static (int ExitCode, string Output, string Error) Ask(string kubeConfig, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled, "kubectl is not on PATH, so nothing was compared with it.");
        var start = new ProcessStartInfo("kubectl") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = kubeConfig;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Applies a manifest, which a file holds meanwhile.</summary>
    internal static void Apply(string kubeConfig, string manifest)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, manifest);
        Run(kubeConfig, "apply", "-f", file);
        File.Delete(file);
    }

    private static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl")));
}
