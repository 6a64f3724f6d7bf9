using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using KubeSa.Sandbox;

if (!CommandLine.TryParse(args, out var command, out var problem))
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.TrySetResult();
}

// Ctrl+C reaches every process of a terminal. Whoever holds our input pressed it to stop a command, not the server.
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (!command.ExitsWithStdin)
    {
        ended.TrySetResult();
    }
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, End);
SandboxServer server;
try
{
    server = await SandboxServer.StartAsync(command.Options);
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await using (server)
{
    Console.WriteLine(Ready.Line(server));
    if (command.ExitsWithStdin)
    {
        _ = Task.Run(async () =>
        {
            await Console.OpenStandardInput().CopyToAsync(Stream.Null);
            ended.TrySetResult();
        });
    }

    await ended.Task;
}

return 0;

internal static class Ready
{
    /// <summary>What whoever started the process waits for: one line of JSON.</summary>
    public static string Line(SandboxServer server) => new JsonObject
    {
        ["url"] = server.Url,
        ["caFile"] = server.CaFile,
        ["kubeConfig"] = server.KubeConfigFile,
        ["mountPath"] = server.MountPath,
        ["processId"] = Environment.ProcessId,
        ["contexts"] = new JsonArray([.. server.Contexts.Select(c => JsonValue.Create(c))]),
    }.ToJsonString();
}
