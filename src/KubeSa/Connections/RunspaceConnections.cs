using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Connections;

/// <summary>
/// The connections of one runspace: the current one and those opened by the way. Per runspace and not static, so that
/// ForEach-Object -Parallel and background runspaces do not pull each other's connection away.
/// </summary>
internal sealed class RunspaceConnections
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceConnections> ByRunspace = [];

    // What a script opens by -Context or by default in each call is opened once and kept as long as its files are unchanged.
    private readonly Dictionary<(ConnectionOptions Options, string Stamp), Connection> _opened = [];

    // What Tab needs before any command has run. A command takes it over when it is done, and does not wait for it.
    private readonly Dictionary<(ConnectionOptions Options, string Stamp), Task<Connection>> _opening = [];

    /// <summary>The connections of the runspace this thread runs.</summary>
    internal static RunspaceConnections Here => ByRunspace.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>What Connect-KubeCluster opened last; null before that and after Disconnect-KubeCluster.</summary>
    internal Connection? Current { get; private set; }

    /// <summary>How errors end that leave the current connection as it is.</summary>
    internal static string StillCurrent => Here.Current is { } current
        ? $"The current connection is still {current.Title}."
        : "There is still no current connection.";

    internal static Connection Open(ConnectionOptions options) => new(ClientLoadContext.Gateway.Connect(options));

    /// <summary>Opens a connection, or hands out the one opened before by the same options from the same files.</summary>
    /// <param name="options">What to open.</param>
    /// <param name="away">Runs what opens it away from this thread: its files may be large, or pipes that keep one waiting.</param>
    internal Connection GetOrOpen(ConnectionOptions options, Func<Func<Connection>, Connection> away)
    {
        // The stamp has the full paths of the files: two folders lead to the same connection unless they hold the files.
        // Only this thread knows where the user stands.
        var located = FromHere(options);
        var key = (options, ConnectionFingerprint.Of(located));
        if (!_opened.TryGetValue(key, out var connection))
        {
            connection = _opening.Remove(key, out var begun) && begun.IsCompletedSuccessfully
                ? begun.Result
                : away(() => PreparedConnection.Take(options, key.Item2) ?? Open(located));
            _opened.Add(key, connection);
        }

        return connection;
    }

    /// <summary>
    /// The connection that a command would get by these options, opened by another thread where it is not open yet: whoever
    /// types must not wait for its files.
    /// </summary>
    internal Task<Connection> Opening(ConnectionOptions options)
    {
        var located = FromHere(options);
        var key = (options, ConnectionFingerprint.Of(located));
        if (_opened.TryGetValue(key, out var open))
        {
            return Task.FromResult(open);
        }

        if (!_opening.TryGetValue(key, out var opening) || opening.IsFaulted)
        {
            PreparedConnection.Expect();
            _opening[key] = opening = Task.Run(() => PreparedConnection.Take(options, key.Item2) ?? Open(located));
        }

        return opening;
    }

    private static ConnectionOptions FromHere(ConnectionOptions options) => options with { WorkingDirectory = RunspaceLocation.Here };

    internal void MakeCurrent(Connection connection) => Current = connection;

    /// <summary>Makes that the current one which was it before; null for none.</summary>
    internal void Restore(Connection? before) => Current = before;

    /// <summary>
    /// Forgets all connections. They are not disposed: objects in the user's variables may still go back to the
    /// cluster they came from through them.
    /// </summary>
    internal void Forget()
    {
        Current = null;
        _opened.Clear();
        _opening.Clear();
    }
}
