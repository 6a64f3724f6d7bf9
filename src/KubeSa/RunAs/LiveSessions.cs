using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace KubeSa.RunAs;

/// <summary>
/// Ends what is still open when the process goes: by Environment.Exit, a signal, or a terminal that was closed. Only a process
/// that is killed at once is past help.
/// </summary>
internal static class LiveSessions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<AccountSession, byte> Open = new();
    private static readonly object Gate = new();
    private static PosixSignalRegistration[]? _signals;

    internal static void Add(AccountSession session)
    {
        Open[session] = 0;
        lock (Gate)
        {
            if (_signals is null)
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

                // What a signal does afterwards stays as it is: it ends the process, unless that ignores it. From .NET 10 on none of them raises ProcessExit.
                _signals = [Watch(PosixSignal.SIGHUP), Watch(PosixSignal.SIGQUIT), Watch(PosixSignal.SIGTERM)];
            }
        }
    }

    internal static void Remove(AccountSession session) => Open.TryRemove(session, out _);

    private static PosixSignalRegistration Watch(PosixSignal signal) => PosixSignalRegistration.Create(signal, _ => EndAll());

    // Nothing goes on behind this one, so it waits.
    private static void EndAll() => Task.WhenAny(Task.WhenAll(Open.Keys.Select(session => session.EndAsync())), Task.Delay(Patience)).Wait();
}
