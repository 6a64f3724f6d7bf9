using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Connections;

/// <summary>
/// The connection that is taken where none is named, made ready on another thread while the cmdlet
/// begins: reading certificates and waking up the runtime's HTTP takes as long as the first call itself. Nothing is
/// sent, and no credential plugin is run, before a cmdlet asks for it. Not begun by the import: a process that ends at
/// once would end in the middle of it.
/// </summary>
internal static class PreparedConnection
{
    // The thread pool begins with a thread for each core, and the first call must not queue behind this.
    private const TaskCreationOptions OnItsOwnThread = TaskCreationOptions.LongRunning;

    private static readonly TimeSpan LongestAtTheEnd = TimeSpan.FromSeconds(2);
    private static Task<Prepared>? _next;
    private static int _begun;

    /// <summary>Called when a cmdlet that will call a server begins; the first time counts.</summary>
    internal static void Expect()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return;
        }

        var rehearsal = Task.Factory.StartNew(static () => ClientLoadContext.Gateway.Rehearse(), CancellationToken.None, OnItsOwnThread, TaskScheduler.Default);
        var connection = Task.Factory.StartNew(static () => Prepare(), CancellationToken.None, OnItsOwnThread, TaskScheduler.Default);
        _next = connection;

        // The system's cryptography is taken down when the process ends, and aborts it where it is still being woken up.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.WhenAny(Task.WhenAll(rehearsal, connection), Task.Delay(LongestAtTheEnd)).Wait();
    }

    /// <summary>
    /// Hands it out, to the first who comes; null where there is none, or it was made from other files than there are
    /// now, or it failed, as opening it again will tell. Waits until it is ready, and so is called away from the pipeline's thread.
    /// </summary>
    internal static Connection? Take(ConnectionOptions options, string stamp)
    {
        if (options != new ConnectionOptions() || Interlocked.Exchange(ref _next, null) is not { } next)
        {
            return null;
        }

        // Waits without throwing; only here is the outcome looked at.
        next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        return next.IsCompletedSuccessfully && next.Result.Stamp == stamp ? next.Result.Connection : null;
    }

    private static Prepared Prepare()
    {
        // The location is not known yet. Where it matters, because $KUBECONFIG has relative paths, the stamp tells.
        var options = new ConnectionOptions();
        var stamp = ConnectionFingerprint.Of(options);
        return new Prepared(stamp, new Connection(ClientLoadContext.Gateway.Prepare(options)));
    }

    private sealed record Prepared(string Stamp, Connection Connection);
}
