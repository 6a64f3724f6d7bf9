using System.Globalization;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;
using KubeSa.Client.Snapshot;

namespace KubeSa.Client;

internal sealed partial class KubeApi : ISnapshotApi
{
    public Task<AccessSnapshot> TakeSnapshotAsync(CallContext call) => new SnapshotGatherer(this).GatherAsync(call);

    /// <summary>Lists a part of a snapshot: its bytes go past the client library's models, of which pods have thousands.</summary>
    internal IAsyncEnumerable<Page<T>> ListPartAsync<T>(PartList<T> list, string version, string? @namespace, CallContext call)
        where T : class
    {
        var scope = @namespace is null ? string.Empty : $"/namespaces/{Uri.EscapeDataString(@namespace)}";
        return WalkAsync(
            new ApiOperation("list", list.Part, list.Plural, @namespace),
            call,
            (from, stop) => ExchangeAsync(_requests.Get(Path(from), list.Accept), body => SnapshotPage.Read(body, list.Map), stop),
            list.Key,
            item => item);

        string Path(string? from) => ResourcePaths.WithQuery(
            $"/{version}{scope}/{list.Plural}",
            ("limit", PageSize.ToString(CultureInfo.InvariantCulture)),
            ("fieldSelector", list.FieldSelector),
            ("continue", from));
    }
}
