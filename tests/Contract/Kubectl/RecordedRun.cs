using System.Net;
using System.Net.Sockets;
using KubeSa.Contract.Replay;
using KubeSa.Sandbox;

namespace KubeSa.Contract.Kubectl;

/// <summary>Types the recorded command lines, in their order, and keeps what came instead of the recorded output.</summary>
internal static class RecordedRun
{
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PlayAsync(KubectlProgram kubectl, string version)
    {
        var recordings = Recording.Of(version).Where(r => r.Place.StartsWith("21", StringComparison.Ordinal)).ToList();
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var scenario = version == "1.20" ? "legacy" : "modern";
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Scenario = scenario, BareCluster = true, Time = time });
        using var identities = new Identities(server);
        using var files = new KubectlFiles(server);
        var stage = new ReplayStage(server, identities.Admin, time, place => throw new InvalidOperationException($"{place} has no token"));
        await RecordedCluster.PrepareAsync(stage, recordings);
        var bindings = new Bindings(startup: long.MaxValue, TimeProvider.System);
        var outcomes = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var recording in recordings.Where(r => ClientDifferences.HasCommand(kubectl, r)))
        {
            var command = (string)recording.Content["command"]!;
            var result = await kubectl.RunAsync(command, files, KubeConfigOf(recording, files), (string?)recording.Content["stdin"]);
            await stage.SettleAsync();
            outcomes.Add(recording.Name, Compare(kubectl, recording, result, bindings));
        }

        return outcomes;
    }

    private static List<string> Compare(KubectlProgram kubectl, Recording recording, KubectlResult result, Bindings bindings)
    {
        var expected = recording.Content;
        var comparison = new Comparison(bindings);
        if ((int)expected["exitCode"]! != result.ExitCode)
        {
            comparison.Differ("exit code", expected["exitCode"]!.ToString(), result.ExitCode.ToString());
        }

        if (ClientDifferences.HasWords(kubectl, recording))
        {
            comparison.Texts("stdout", NormalizedOutput.Of(recording, (string)expected["stdout"]!), NormalizedOutput.Of(recording, result.Stdout));
            comparison.Texts("stderr", NormalizedOutput.Of(recording, (string)expected["stderr"]!), NormalizedOutput.Of(recording, result.Stderr));
        }

        return [.. comparison.Differences];
    }

    private static string KubeConfigOf(Recording recording, KubectlFiles files) => (recording.Place, (string)recording.Content["as"]!) switch
    {
        // Without the certificate of the authority.
        ("21-35", _) => files.Account("team-a", "builder", knowsAuthority: false),
        (_, "admin") => files.Admin,
        (_, "anonymous") => files.Anonymous(),
        (_, "bad token") => files.BadToken(),
        (_, "bad token, on a port where nothing listens") => files.BadToken($"https://127.0.0.1:{ClosedPort()}"),
        (_, "service-account team-a/builder") => files.Account("team-a", "builder"),
        (_, "service-account team-a/reader") => files.Account("team-a", "reader"),
        (_, var who) => throw new InvalidOperationException($"{recording.Name}: nobody is called {who}"),
    };

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
