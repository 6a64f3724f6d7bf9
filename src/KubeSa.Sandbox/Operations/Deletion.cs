using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Selectors;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Operations;

/// <summary>DELETE of one object or of many: at once, or marked until finalizers and grace periods are over.</summary>
internal static class Deletion
{
    public static async Task RunAsync(ApiRequest request, ResourceType type)
    {
        var options = await DeleteOptions.ReadAsync(request);
        var renderer = ObjectRenderer.Of(request, type);
        var info = request.Info;
        var current = request.State.Store.TryGet(type, info.Namespace, info.Name) ?? throw ApiError.NotFound(type, info.Name);
        CheckPreconditions(type, current, options);
        AdmissionChain.Admit(request, current.Object(type), current.Object(type));
        var (deleted, isGone) = Delete(request, type, current, options);
        var answer = isGone && !StrategyTable.Of(type).AnswersDeletionWithObject ? Success(type, current) : renderer.Single(deleted);
        await ResponseWriter.JsonAsync(request.Http, 200, answer);
    }

    public static async Task RunOnCollectionAsync(ApiRequest request, ResourceType type)
    {
        var options = await DeleteOptions.ReadAsync(request);
        var selection = Selection.Of(request, type);
        var snapshot = request.State.Store.Snapshot(type);
        var items = snapshot.From(request.Info.Namespace).Where(selection.Matches).ToList();
        foreach (var item in items)
        {
            AdmissionChain.Admit(request, item.Object(type), item.Object(type));
            Delete(request, type, item, options);
        }

        await ResponseWriter.JsonAsync(request.Http, 200, ListOperation.PlainList(type, items, new JsonObject { ["resourceVersion"] = snapshot.Revision.ToString() }));
    }

    private static (JsonObject Object, bool IsGone) Delete(ApiRequest request, ResourceType type, StoredObject current, DeleteOptions options)
    {
        var state = request.State;
        if (type.StorageKey == "/namespaces")
        {
            return (TerminateNamespace(state, type, current, options), false);
        }

        var content = current.Content();
        var finalizers = FinalizersFor(content, options.Propagation);
        var grace = type.StorageKey == "/pods" ? PodGrace(content, options) : 0;
        var isGone = finalizers.Count == 0 && grace == 0;
        var marked = isGone && type.StorageKey != "/pods" ? content : Mark(state, content, finalizers, grace);
        if (options.IsDryRun)
        {
            return (Updating.WithKind(marked, type), isGone);
        }

        var stored = state.Store.TryReplace(type, current, marked) ?? current;
        if (!isGone)
        {
            return (stored.Object(type), false);
        }

        // Since 1.2x the answer carries the version of the deletion, before that of the last state.
        var last = state.Store.Delete(type, current.Namespace, current.Name);
        return (state.ServerVersion.IsLegacy ? stored.Object(type) : last.Object(type), true);
    }

    private static JsonArray FinalizersFor(JsonObject content, string propagation)
    {
        var finalizers = content["metadata"]!["finalizers"]?.DeepClone().AsArray() ?? [];
        var wanted = propagation switch
        {
            "Foreground" => "foregroundDeletion",
            "Orphan" => "orphan",
            _ => null,
        };
        if (wanted is not null && !finalizers.Any(f => (string?)f == wanted))
        {
            finalizers.Add(wanted);
        }

        return finalizers;
    }

    // A pod that was placed gets its time; nothing has to end where none began.
    private static long PodGrace(JsonObject pod, DeleteOptions options)
    {
        if (pod.Text("spec", "nodeName") is null or "" || pod.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return 0;
        }

        return options.GracePeriodSeconds ?? (long?)pod["spec"]!["terminationGracePeriodSeconds"] ?? 30;
    }

    private static JsonObject Mark(SandboxState state, JsonObject content, JsonArray finalizers, long grace)
    {
        var marked = content.DeepClone().AsObject();
        var metadata = marked.Child("metadata");
        var shortened = (long?)metadata["deletionGracePeriodSeconds"] is { } before && before > grace;
        if (metadata["deletionTimestamp"] is not null && !shortened)
        {
            return marked;
        }

        if (metadata["generation"] is { } generation && !shortened)
        {
            metadata["generation"] = (long)generation + 1;
        }

        metadata["deletionTimestamp"] = Clock.Format(state.Time.GetUtcNow().AddSeconds(grace));
        metadata["deletionGracePeriodSeconds"] = grace;
        if (finalizers.Count > 0)
        {
            metadata["finalizers"] = finalizers;
        }

        return marked;
    }

    private static JsonObject TerminateNamespace(SandboxState state, ResourceType type, StoredObject current, DeleteOptions options)
    {
        var content = current.Content();
        content["metadata"]!["deletionTimestamp"] ??= state.Time.Stamp();
        content.Child("status")["phase"] = "Terminating";
        if (options.IsDryRun)
        {
            return Updating.WithKind(content, type);
        }

        return (state.Store.TryReplace(type, current, content) ?? current).Object(type);
    }

    private static void CheckPreconditions(ResourceType type, StoredObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid)
        {
            throw Unmet(type, current, $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated");
        }

        if (options.Version is { } version && version != current.Revision.ToString())
        {
            throw Unmet(type, current, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({current.Revision}). The object might have been modified");
        }
    }

    // Here the server names the kind, not the resource.
    private static ApiError Unmet(ResourceType type, StoredObject current, string message)
    {
        var details = new JsonObject { ["name"] = current.Name };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Kind;
        var kind = type.Group.Length == 0 ? type.Kind : $"{type.Kind}.{type.Group}";
        return new ApiError(409, "Conflict", $"Operation cannot be fulfilled on {kind} \"{current.Name}\": {message}", details);
    }

    private static JsonObject Success(ResourceType type, StoredObject deleted)
    {
        var details = ApiError.DetailsOf(type, deleted.Name);
        details["uid"] = deleted.Uid;
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }
}
