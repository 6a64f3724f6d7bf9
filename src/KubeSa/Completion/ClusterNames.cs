using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using KubeSa.Api;
using KubeSa.Connections;

namespace KubeSa.Completion;

/// <summary>Names from the open connection, kept for a short while.</summary>
internal static class ClusterNames
{
    private const int Most = 1000;
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

    internal static IReadOnlyList<string> Resources(IDictionary bound) => Get(
        bound,
        _ => "resources",
        async (api, _, call) => (await api.ListResourcesAsync(call).ConfigureAwait(false))
            .Select(resource => resource.FullName).ToList());

    internal static IReadOnlyList<string> ClusterRoles(IDictionary bound) =>
        Get(bound, _ => "cluster roles", (api, _, call) => NamesAsync(api.ListClusterRolesAsync(call), role => role.Name));

    internal static IReadOnlyList<string> Roles(IDictionary bound) => Get(
        bound, ns => $"roles of {ns}", (api, ns, call) => NamesAsync(api.ListRolesAsync(new ListQuery(ns), call), role => role.Name));

    internal static IReadOnlyList<string> Pods(IDictionary bound) =>
        Get(bound, ns => $"pods of {ns}", (api, ns, call) => NamesAsync(api.ListPodUsesAsync(ns, call), pod => pod.Name));

    internal static IReadOnlyList<string> Workloads(IDictionary bound, WorkloadKind kind) => Get(
        bound, ns => $"{kind} of {ns}", (api, ns, call) => NamesAsync(api.ListTemplateUsesAsync(kind, ns, call), workload => workload.Name));

    private static IReadOnlyList<string> Get(
        IDictionary bound, Func<string, string> key, Func<IKubeApi, string, CallContext, Task<List<string>>> fetch)
    {
        if (Cluster(bound) is not { } connection)
        {
            return [];
        }

        var ns = bound["Namespace"] as string ?? connection.Namespace;
        var entries = Known.GetOrCreateValue(connection);
        var call = CallContext.None with { WorkingDirectory = RunspaceLocation.Here };
        var entry = entries.AddOrUpdate(
            key(ns),
            _ => Start(),
            (_, old) => DateTime.UtcNow - old.Since < Fresh && !old.Names.IsFaulted ? old : Start());
        return TabMoment.Wait(entry.Names) ?? [];

        Entry Start() => new(DateTime.UtcNow, Task.Run(() => fetch(connection.Api, ns, call)));
    }

    /// <summary>The connection that the command would use, if it is open: names of another cluster would be wrong ones.</summary>
    private static Connection? Cluster(IDictionary bound)
    {
        var (context, file) = (bound["Context"] as string, bound["KubeConfig"] as string);
        return bound["Connection"] is { } given ? (given as PSObject)?.BaseObject as Connection ?? given as Connection
            : context is null && file is null ? RunspaceConnections.Here.AlreadyOpen()
            : RunspaceConnections.Here.AlreadyOpen(new ConnectionOptions
            {
                Source = ConnectionSource.KubeConfig,
                Context = context,
                KubeConfig = file is null ? null : RunspaceLocation.Resolve(file) ?? file,
            });
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
