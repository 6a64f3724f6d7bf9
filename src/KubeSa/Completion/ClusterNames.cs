using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KubeSa.Api;
using KubeSa.Connections;

namespace KubeSa.Completion;

/// <summary>
/// Names from the open connection, kept for a short while. Tab must never feel slow: what the server has not answered
/// within a moment is there at the next Tab, or not at all.
/// </summary>
internal static class ClusterNames
{
    private const int Most = 1000;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);
    private static readonly ConditionalWeakTable<Connection, ConcurrentDictionary<string, Entry>> Known = [];

    internal static IReadOnlyList<string> Namespaces(IDictionary bound) =>
        Get(bound, _ => "namespaces", (api, _, call) => NamesAsync(api.ListNamespaceNamesAsync(call), name => name));

    internal static IReadOnlyList<string> ServiceAccounts(IDictionary bound) => Get(
        bound,
        ns => $"accounts of {ns}",
        (api, ns, call) => NamesAsync(api.ListServiceAccountsAsync(new ListQuery(ns), call), account => account.Name));

    internal static IReadOnlyList<string> TokenSecrets(IDictionary bound) => Get(
        bound,
        ns => $"secrets of {ns}",
        (api, ns, call) => NamesAsync(api.ListTokenSecretsAsync(new ListQuery(ns), call), secret => secret.Name ?? string.Empty));

    private static IReadOnlyList<string> Get(
        IDictionary bound, Func<string, string> key, Func<IKubeApi, string, CallContext, Task<List<string>>> fetch)
    {
        if ((bound["Connection"] as Connection ?? RunspaceConnections.Here.AlreadyOpen()) is not { } connection)
        {
            return [];
        }

        var ns = bound["Namespace"] as string ?? connection.Namespace;
        var entries = Known.GetOrCreateValue(connection);
        var entry = entries.AddOrUpdate(
            key(ns),
            _ => Start(),
            (_, old) => DateTime.UtcNow - old.Since < Fresh && !old.Names.IsFaulted ? old : Start());
        return entry.Names.IsCompletedSuccessfully || Wait(entry.Names) ? entry.Names.Result : [];

        Entry Start() => new(DateTime.UtcNow, Task.Run(() => fetch(connection.Api, ns, CallContext.None)));
    }

    private static bool Wait(Task names)
    {
        // WhenAny never throws: Tab has no place for an error, and the command itself will say what is wrong.
        Task.WhenAny(names, Task.Delay(Moment)).GetAwaiter().GetResult();
        return names.IsCompletedSuccessfully;
    }

    private static async Task<List<string>> NamesAsync<T>(IAsyncEnumerable<Page<T>> pages, Func<T, string> name)
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

    private sealed record Entry(DateTime Since, Task<List<string>> Names);
}
