using KubeSa.Contract.Replay;

namespace KubeSa.Contract.Kubectl;

/// <summary>Where kubectl's own version speaks, not the server. The recordings are of 1.32, and 1.31 to 1.33 say the same throughout.</summary>
internal static class ClientDifferences
{
    // `create token` came with 1.24; `auth whoami` asks for v1 of its review since 1.28, and a 1.36 server has no other.
    private static readonly Dictionary<string, int> CommandSince = new()
    {
        ["21-04"] = 28,
        ["21-13"] = 28,
        ["21-23"] = 24,
        ["21-24"] = 24,
        ["21-25"] = 24,
        ["21-26"] = 24,
    };

    // The same in other words before; the exit code holds all the same.
    private static readonly Dictionary<string, int> WordsSince = new()
    {
        ["21-09"] = 31,
        ["21-21"] = 27,
        ["21-22"] = 27,
        ["21-32"] = 27,
        ["21-35"] = 27,
        ["21-37"] = 28,
        ["21-38"] = 27,
        ["21-41"] = 27,
    };

    public static bool HasCommand(KubectlProgram kubectl, Recording recording) => kubectl.Minor >= CommandSince.GetValueOrDefault(recording.Place);

    public static bool HasWords(KubectlProgram kubectl, Recording recording) => kubectl.Minor >= WordsSince.GetValueOrDefault(recording.Place);
}
