using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Analysis.Use;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Does what a plan says, one object at a time: the new ones first, then the old bindings go. Each step can be done again, so that an undo
/// brings back what was there after a success, after an error at any step, and after the process was killed at any step.
/// </summary>
internal sealed class PlanChanges(IResourceApi api, AccessPlan plan)
{
    private const string Api = "/apis/rbac.authorization.k8s.io/v1";
    private static readonly string[] ByTheServer = ["uid", "resourceVersion", "creationTimestamp", "managedFields", "selfLink", "generation"];
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The plan that takes this one back: what is created goes, and what goes is put back as the server has it now.</summary>
    /// <param name="call">The call.</param>
    /// <param name="kept">Gets what is left to the tool that keeps it, and the tool.</param>
    internal async Task<AccessPlan> UndoAsync(CallContext call, List<(AccessPlanObject Object, string Tool)> kept)
    {
        var before = new List<AccessPlanObject>();
        foreach (var item in plan.Removes)
        {
            if (await FindAsync(item, call).ConfigureAwait(false) is not { } live)
            {
                continue;
            }

            if (plan.IsUndo)
            {
                before.Add(Again(item, live));
            }
            else if (item.Uid is { } uid && live["metadata"]?["uid"]?.GetValue<string>() != uid)
            {
                throw new KubeApiException(FailureKind.Conflict, $"{item.Kind} '{Title(item)}' was created again since the plan was made. Make the plan again.", Title(item));
            }
            else if (ToolOf(live) is { } tool)
            {
                kept.Add((item, tool));
            }
            else
            {
                before.Add(Again(item, live));
            }
        }

        return new AccessPlan { Namespace = plan.Namespace, ServiceAccount = plan.ServiceAccount, IsUndo = !plan.IsUndo, Creates = [.. before], Removes = [.. plan.Creates.AsEnumerable().Reverse()] };
    }

    /// <summary>Does all steps but those that are left to others.</summary>
    internal async Task RunAsync(CallContext call, IReadOnlyCollection<AccessPlanObject> left)
    {
        foreach (var item in plan.Creates)
        {
            await CreateAsync(item, call).ConfigureAwait(false);
        }

        foreach (var item in plan.Removes.Where(item => !left.Contains(item)))
        {
            await RemoveAsync(item, call).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(AccessPlanObject item, CallContext call)
    {
        if (await FindAsync(item, call).ConfigureAwait(false) is not { } live)
        {
            var body = System.Text.Encoding.UTF8.GetBytes(item.Manifest);
            await api.SendAsync(new RestRequest("POST", Collection(item)) { Body = body, Creates = item.Name }, call).ConfigureAwait(false);
            return;
        }

        var wanted = JsonNode.Parse(item.Manifest)!.AsObject();
        if (item.Action != AccessPlanAction.RemoveSubject && !plan.IsUndo && !IsOurs(live))
        {
            throw new KubeApiException(FailureKind.Conflict, $"{item.Kind} '{Title(item)}' exists and is not of this plan. Make the plan again.", Title(item));
        }

        // An undo puts back the subject that was taken out; whatever others changed meanwhile stays.
        var missing = Subjects(wanted).Where(subject => !Subjects(live).Any(other => JsonNode.DeepEquals(subject, other))).ToList();
        if (missing.Count > 0)
        {
            live["subjects"] = new JsonArray([.. Subjects(live).Concat(missing).Select(subject => subject.DeepClone())]);
            await ReplaceAsync(item, live, call).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(AccessPlanObject item, CallContext call)
    {
        if (await FindAsync(item, call).ConfigureAwait(false) is not { } live)
        {
            return;
        }

        if (item.Action == AccessPlanAction.RemoveSubject)
        {
            live["subjects"] = new JsonArray([.. Subjects(live).Where(subject => !IsAccount(subject, item)).Select(subject => subject.DeepClone())]);
            await ReplaceAsync(item, live, call).ConfigureAwait(false);
            return;
        }

        if (item.Action == AccessPlanAction.Create && !IsOurs(live))
        {
            // Somebody else made one of that name after the undo was written, or the plan's own was never made.
            return;
        }

        var metadata = live["metadata"]!;
        var options = new JsonObject
        {
            ["kind"] = "DeleteOptions",
            ["apiVersion"] = "v1",
            ["preconditions"] = new JsonObject { ["uid"] = metadata["uid"]?.DeepClone(), ["resourceVersion"] = metadata["resourceVersion"]?.DeepClone() },
        };
        await api.SendAsync(new RestRequest("DELETE", PathOf(item)) { Body = Bytes(options) }, call).ConfigureAwait(false);
    }

    private Task<RestAnswer> ReplaceAsync(AccessPlanObject item, JsonObject live, CallContext call) => api.SendAsync(new RestRequest("PUT", PathOf(item)) { Body = Bytes(live) }, call);

    private async Task<JsonObject?> FindAsync(AccessPlanObject item, CallContext call)
    {
        try
        {
            var answer = await api.SendAsync(new RestRequest("GET", PathOf(item)), call).ConfigureAwait(false);
            return JsonNode.Parse(answer.Body)?.AsObject();
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>The object so that it can be created again as it is, without what the server gives each object anew.</summary>
    private static AccessPlanObject Again(AccessPlanObject item, JsonObject live)
    {
        var again = live.DeepClone().AsObject();
        foreach (var field in ByTheServer)
        {
            again["metadata"]!.AsObject().Remove(field);
        }

        return new AccessPlanObject
        {
            Action = item.Action == AccessPlanAction.RemoveSubject ? AccessPlanAction.RemoveSubject : AccessPlanAction.Create,
            Kind = item.Kind,
            Namespace = item.Namespace,
            Name = item.Name,
            Manifest = again.ToJsonString(Plain),
            Reason = "is put back as it was",
        };
    }

    private bool IsOurs(JsonObject live) => live["metadata"]?["annotations"]?["kubesa/account"]?.GetValue<string>() == plan.Account;

    private bool IsAccount(JsonNode subject, AccessPlanObject item)
    {
        var name = subject["name"]?.GetValue<string>() ?? string.Empty;
        return RoleSubject.Read(subject["kind"]?.GetValue<string>() ?? string.Empty, null, subject["namespace"]?.GetValue<string>(), name, item.Namespace)
            .IsAccount(plan.Namespace, plan.ServiceAccount);
    }

    private static string? ToolOf(JsonObject live)
    {
        var metadata = live["metadata"];
        IEnumerable<KeyValuePair<string, string>> Map(string field) =>
            (metadata?[field] as JsonObject ?? []).Select(entry => new KeyValuePair<string, string>(entry.Key, entry.Value?.GetValue<string>() ?? string.Empty));
        var managers = (metadata?["managedFields"] as JsonArray ?? []).Select(entry => entry?["manager"]?.GetValue<string>() ?? string.Empty);
        return ToolMarks.ToolOf(Map("labels").Concat(Map("annotations")), managers);
    }

    private static IEnumerable<JsonNode> Subjects(JsonObject binding) => (binding["subjects"] as JsonArray ?? []).OfType<JsonNode>();

    private static string Title(AccessPlanObject item) => item.Namespace is null ? item.Name : $"{item.Namespace}/{item.Name}";

    private static string PathOf(AccessPlanObject item) => $"{Collection(item)}/{Uri.EscapeDataString(item.Name)}";

    private static string Collection(AccessPlanObject item)
    {
        var resource = item.Kind.ToLowerInvariant() + "s";
        return item.Namespace is null ? $"{Api}/{resource}" : $"{Api}/namespaces/{Uri.EscapeDataString(item.Namespace)}/{resource}";
    }

    private static byte[] Bytes(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString(Plain));
}
