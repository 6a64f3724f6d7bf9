using KubeSa.Sandbox;
using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary>A kubectl and a sandbox of a scenario, for one test.</summary>
internal sealed class KubectlSession : IAsyncDisposable
{
    private KubectlSession(KubectlProgram program, SandboxServer server)
    {
        Program = program;
        Server = server;
        Files = new KubectlFiles(server);
    }

    public KubectlProgram Program { get; }
    public SandboxServer Server { get; }
    public KubectlFiles Files { get; }

    /// <summary>Skips the test where there is no kubectl, or one older than what the test types.</summary>
    public static async Task<KubectlSession> OrSkipAsync(string? path, string scenario = "modern", int sinceMinor = 0)
    {
        var program = await KubectlProgram.OrSkipAsync(path);
        Assert.SkipWhen(program.Minor < sinceMinor, $"{path} is 1.{program.Minor}; what this test types came with 1.{sinceMinor}.");
        return new KubectlSession(program, await SandboxServer.StartAsync(
            new SandboxOptions { Scenario = scenario }, TestContext.Current.CancellationToken));
    }

    /// <summary>Types a command line as the administrator, or with another kubeconfig.</summary>
    public Task<KubectlResult> TypeAsync(string commandLine, string? input = null, string? kubeConfig = null) =>
        Program.RunAsync(commandLine, Files, kubeConfig ?? Files.Admin, input);

    /// <summary>The output of a command line that must succeed, without the line end.</summary>
    public async Task<string> ReadAsync(string commandLine, string? input = null, string? kubeConfig = null)
    {
        var result = await TypeAsync(commandLine, input, kubeConfig);
        Assert.True(result.ExitCode == 0, $"kubectl {commandLine}: {result}");
        return result.Stdout.TrimEnd('\n');
    }

    /// <summary>What a command line that must fail says.</summary>
    public async Task<string> FailAsync(string commandLine, string? input = null, string? kubeConfig = null)
    {
        var result = await TypeAsync(commandLine, input, kubeConfig);
        Assert.True(result.ExitCode == 1, $"kubectl {commandLine}: {result}");
        return result.Stderr.TrimEnd('\n');
    }

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        await Server.DisposeAsync();
    }
}
