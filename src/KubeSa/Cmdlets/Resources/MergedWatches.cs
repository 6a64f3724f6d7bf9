using System.Threading.Channels;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>What one watch of several is about, and how far it has come.</summary>
internal sealed class WatchTarget(Connection cluster, ApiResource resource, ResourceWatch watch)
{
    internal Connection Cluster => cluster;

    internal ApiResource Resource => resource;

    internal ResourceWatch Watch => watch;

    /// <summary>Whether all objects have been told that were there at the beginning.</summary>
    internal bool IsListed { get; set; }
}

/// <summary>What came of one watch of several.</summary>
/// <param name="Target">Which.</param>
/// <param name="Changes">The changes.</param>
/// <param name="End">Why it has come to its end; null as long as it goes on.</param>
internal sealed record WatchPart(WatchTarget Target, ResourceChanges Changes, KubeApiException? End);

/// <summary>Runs watches side by side. Where one fails, the others go on.</summary>
internal static class MergedWatches
{
    internal static async IAsyncEnumerable<WatchPart> ReadAsync(IReadOnlyList<WatchTarget> targets, CallContext call)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        var inner = call with { Stop = leave.Token };
        var parts = Channel.CreateBounded<WatchPart>(new BoundedChannelOptions(Math.Max(1, targets.Count)) { SingleReader = true });
        var reading = Task.WhenAll(targets.Select(target => PumpAsync(target, parts.Writer, inner)));
        var ending = reading.ContinueWith(ended => parts.Writer.TryComplete(ended.Exception), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(leave.Token).ConfigureAwait(false))
            {
                yield return part;
            }
        }
        finally
        {
            await leave.CancelAsync().ConfigureAwait(false);
            await ending.ConfigureAwait(false);
        }
    }

    private static async Task PumpAsync(WatchTarget target, ChannelWriter<WatchPart> parts, CallContext call)
    {
        try
        {
            await foreach (var changes in target.Cluster.Api.WatchObjectsAsync(target.Watch, call).ConfigureAwait(false))
            {
                await parts.WriteAsync(new WatchPart(target, changes, null), call.Stop).ConfigureAwait(false);
            }
        }
        catch (KubeApiException failure)
        {
            await parts.WriteAsync(new WatchPart(target, new ResourceChanges([]), failure), call.Stop).ConfigureAwait(false);
        }
    }
}
