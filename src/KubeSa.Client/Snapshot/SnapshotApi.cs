using System.Globalization;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;

namespace KubeSa.Client.Snapshot;

/// <summary>Snapshots of who may do what.</summary>
/// <param name="caller">The way to the server.</param>
/// <param name="lists">Lists in pages.</param>
/// <param name="api">Whatever else the port has.</param>
internal sealed class SnapshotApi(ApiCaller caller, PagedLists lists, IKubeApi api) : ISnapshotApi
{
    public Task<AccessSnapshot> TakeSnapshotAsync(CallContext call) => new SnapshotGatherer(this, api).GatherAsync(call);

    /// <summary>Lists a part of a snapshot: its bytes go past the client library's models, of which pods have thousands.</summary>
    internal IAsyncEnumerable<Page<T>> ListPartAsync<T>(PartList<T> list, string version, string? @namespace, CallContext call)
        where T : class
    {
        var scope = @namespace is null ? string.Empty : $"/namespaces/{Uri.EscapeDataString(@namespace)}";
        return lists.WalkAsync(
            new ApiOperation("list", list.Part, list.Plural, @namespace),
            call,
            (from, stop) => caller.ExchangeAsync(caller.Requests.Get(Path(from), list.Accept), body => SnapshotPage.Read(body, list.Map), stop),
            list.Key,
            item => item);

        string Path(string? from) => ResourcePaths.WithQuery(
            $"/{version}{scope}/{list.Plural}",
            ("limit", PagedLists.PageSize.ToString(CultureInfo.InvariantCulture)),
            ("fieldSelector", list.FieldSelector),
            ("continue", from));
    }
}
