using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary>What a run of kubectl came to.</summary>
internal sealed record KubectlResult(int ExitCode, string Stdout, string Stderr)
{
    public override string ToString() => $"exit code {ExitCode}\n{Stdout}\n--\n{Stderr}";
}

/// <summary>A kubectl on this machine: the one on PATH, and those that KUBESA_TEST_KUBECTL names (a list like PATH).</summary>
internal sealed class KubectlProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // What would lead it to another server, or through a proxy.
    private static readonly string[] Misleading = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "KUBERNETES_MASTER"];

    private KubectlProgram(string path, int minor) => (Path, Minor) = (path, minor);

    public string Path { get; }

    /// <summary>The minor version: 33 of 1.33.1.</summary>
    public int Minor { get; }

    /// <summary>A row for each; a single row without a path where there is none, so that the test says so.</summary>
    public static IEnumerable<TheoryDataRow<string?>> Rows() => Paths().DefaultIfEmpty(null).Select(p => new TheoryDataRow<string?>(p));

    public static IEnumerable<string?> Paths()
    {
        var name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        var onPath = Listed("PATH").Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return Listed("KUBESA_TEST_KUBECTL").Prepend(onPath).Where(p => p is not null).Distinct();
    }

    /// <summary>Skips the test, aloud, where there is no kubectl.</summary>
    public static async Task<KubectlProgram> OrSkipAsync(string? path)
    {
        Assert.SkipWhen(path is null, "There is no kubectl on PATH, so what kubectl makes of the sandbox was not tried.");
        return await AtAsync(path!);
    }

    public static async Task<KubectlProgram> AtAsync(string path)
    {
        var result = await StartAsync(path, ["version", "--client", "-o", "json"], "", null, null);
        var version = JsonNode.Parse(result.Stdout)?["clientVersion"] ?? throw new InvalidOperationException($"{path} does not say its version: {result}");
        return new KubectlProgram(path, int.Parse(((string)version["minor"]!).TrimEnd('+')));
    }

    /// <summary>Runs a command line, which may begin with the name of the program, against a kubeconfig.</summary>
    public Task<KubectlResult> RunAsync(string commandLine, KubectlFiles files, string kubeConfig, string? input = null)
    {
        var arguments = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return StartAsync(Path, arguments is ["kubectl", ..] ? arguments[1..] : arguments, kubeConfig, files.Home, input);
    }

    private static async Task<KubectlResult> StartAsync(string path, string[] arguments, string kubeConfig, string? home, string? input)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in Misleading)
        {
            start.Environment.Remove(name);
        }

        start.Environment["KUBECONFIG"] = kubeConfig;
        if (home is not null)
        {
            // The cache of discovery lies there, by the server's address; another sandbox may have had that before.
            start.Environment["HOME"] = home;
        }

        using var process = Process.Start(start)!;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Patience);
        try
        {
            var stdout = process.StandardOutput.ReadToEndAsync(end.Token);
            var stderr = process.StandardError.ReadToEndAsync(end.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), end.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(end.Token);
            return new KubectlResult(process.ExitCode, await stdout, await stderr);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{path} {string.Join(' ', arguments)} had not ended after {Patience.TotalSeconds:0} s.");
        }
    }

    private static IEnumerable<string> Listed(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
