using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KubeSa.Api;
using KubeSa.Connections;

namespace KubeSa.Completion;

/// <summary>Asks a connection for names of one kind.</summary>
/// <param name="api">The server.</param>
/// <param name="namespace">The namespace to look in; null for all.</param>
/// <param name="call">How to call it.</param>
internal delegate Task<List<string>> NameQuery(IKubeApi api, string? @namespace, CallContext call);

/// <summary>
/// Names that a cluster has, kept for a short while: several Tabs ask once. They come from the cluster that the command would
/// use, which is opened for them as the command would open it.
/// </summary>
internal static class CompletionCache
{
    private const int Most = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FailureIsFresh = TimeSpan.FromSeconds(5);
    private static readonly ConditionalWeakTable<Connection, ConcurrentDictionary<string, Entry>> Known = [];

    /// <summary>Names from the namespace that the word, else -Namespace, else the connection names.</summary>
    /// <param name="request">What stands on the command line.</param>
    /// <param name="kind">Which names they are, to keep them apart.</param>
    /// <param name="query">How to ask for them.</param>
    internal static IReadOnlyList<string> Get(TabRequest request, string kind, NameQuery query)
    {
        if (request.Cluster() is not { } opening || CompletionTimeout.Wait(opening, isFirst: true) is not { } connection)
        {
            return [];
        }

        var entries = Known.GetOrCreateValue(connection);
        var ns = request.NamespaceInWord ?? request.Text("Namespace");
        var everywhere = ns is null && request.Has("AllNamespaces");

        // A plugin that wants to ask somebody something must not do so while a line is being typed.
        var call = CallContext.None with { WorkingDirectory = RunspaceLocation.Here, MayPrompt = false };
        var entry = entries.AddOrUpdate($"{kind} of {(everywhere ? "all" : ns)}", _ => Start(), (_, old) => old.IsFresh ? old : Start());
        return entry.Wait() ?? [];

        Entry Start() => new(Task.Run(() => query(connection.Api, everywhere ? null : ns ?? connection.Namespace, call)));
    }

    /// <summary>The names of what a list holds, of its first pages where it is endless.</summary>
    internal static async Task<List<string>> NamesAsync<T>(IAsyncEnumerable<Page<T>> pages, Func<T, string> name)
    {
        var names = new List<string>();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            names.AddRange(page.Items.Select(name));
            if (names.Count >= Most)
            {
                break;
            }
        }

        return names;
    }

    private sealed class Entry(Task<List<string>> names)
    {
        private readonly DateTime _since = DateTime.UtcNow;
        private int _tabs;

        internal bool IsFresh => DateTime.UtcNow - _since < (names.IsFaulted ? FailureIsFresh : Fresh);

        internal List<string>? Wait() => CompletionTimeout.Wait(names, isFirst: Interlocked.Increment(ref _tabs) == 1);
    }
}
