using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Selectors;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Operations;

/// <summary>GET of a collection with watch: what is there, if asked for, then each change as it happens, until the time is over.</summary>
internal static class WatchOperation
{
    public static async Task RunAsync(ApiRequest request, ResourceType type)
    {
        var renderer = ObjectRenderer.Of(request, type);
        if (renderer.Accepted.IsYaml)
        {
            throw new ApiError(406, "NotAcceptable",
                "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
        }

        CheckMatch(request);
        var selection = Selection.Of(request, type);
        var version = ResourceVersions.Parse(request, "resourceVersion");
        var store = request.State.Store;
        var snapshot = store.Snapshot(type);
        var sendsInitial = version is null or 0;
        var behind = sendsInitial ? snapshot.Revision : version!.Value;
        using var subscription = store.Subscribe(type, behind);
        var stream = new WatchStream(request, type, renderer, snapshot.LastChange);
        await stream.StartAsync();
        if (subscription is null)
        {
            await stream.ErrorAsync(new ApiError(410, "Expired", $"too old resource version: {behind} ({store.Revision})"));
            return;
        }

        if (sendsInitial)
        {
            foreach (var item in snapshot.From(request.Info.Namespace).Where(selection.Matches))
            {
                await stream.WriteAsync("ADDED", item);
            }

            if (RequestInfo.IsTrue(request.Info.Parameter("sendInitialEvents")))
            {
                await stream.BookmarkAsync(snapshot.Revision, isEndOfInitial: true);
            }
        }

        await FollowAsync(request, selection, subscription, stream);
    }

    private static async Task FollowAsync(ApiRequest request, Selection selection, StoreSubscription subscription, WatchStream stream)
    {
        var schedule = new WatchSchedule(request);
        while (true)
        {
            while (subscription.Events.TryRead(out var change))
            {
                await SendAsync(request.Info.Namespace, change, selection, stream);
            }

            foreach (var _ in Enumerable.Range(0, schedule.TakeDueBookmarks()))
            {
                await stream.BookmarkAsync(stream.LastRevision, isEndOfInitial: false);
            }

            await stream.FlushAsync();
            if (schedule.IsOver)
            {
                return;
            }

            await schedule.WaitAsync(subscription.Events, request.Http.RequestAborted);
        }
    }

    // Whether a change is seen as one depends on what was selected before and is after.
    private static Task SendAsync(string ns, StoreEvent change, Selection selection, WatchStream stream)
    {
        stream.LastRevision = change.Revision;
        if (ns.Length > 0 && change.Object.Namespace != ns)
        {
            return Task.CompletedTask;
        }

        var was = change.Previous is not null && selection.Matches(change.Previous);
        var isNow = change.Kind != ChangeKind.Deleted && selection.Matches(change.Object);
        return (was, isNow) switch
        {
            (false, true) => stream.WriteAsync("ADDED", change.Object),
            (true, true) => stream.WriteAsync("MODIFIED", change.Object),
            (true, false) => stream.WriteAsync("DELETED", change.Previous!, change.Revision),
            _ => Task.CompletedTask,
        };
    }

    // 1.20 does not know the parameter in a watch.
    private static void CheckMatch(ApiRequest request)
    {
        if (request.State.ServerVersion.IsLegacy && request.Info.Parameter("resourceVersionMatch").Length > 0)
        {
            List<FieldError> errors = [FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch")];
            if (request.Info.Parameter("resourceVersion").Length == 0)
            {
                errors.Add(FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }

            throw FieldError.ToApiError("meta.k8s.io", "ListOptions", "", errors);
        }
    }
}
