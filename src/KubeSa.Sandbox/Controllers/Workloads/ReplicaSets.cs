using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers.Workloads;

/// <summary>The replica sets of deployments and their pods, in the store.</summary>
internal sealed class ReplicaSets(SandboxState state, PodFactory pods)
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private readonly ResourceType _type = state.Types.Get("apps", "replicasets");
    private readonly ResourceType _pods = state.Types.Get("", "pods");

    public IReadOnlyList<StoredObject> Of(string ns, string deploymentUid) =>
        [.. state.Store.Snapshot(_type).From(ns).Where(set => OwnerUid(set) == deploymentUid)];

    public IReadOnlyList<StoredObject> PodsOf(StoredObject set) =>
        [.. state.Store.Snapshot(_pods).From(set.Namespace).Where(pod => !pod.IsDeleting && OwnerUid(pod) == set.Uid)];

    /// <summary>The replica set of the deployment's present template, made where there is none.</summary>
    public StoredObject Ensure(JsonObject deployment)
    {
        var (ns, name, uid) = (deployment.Text("metadata", "namespace")!, deployment.Text("metadata", "name")!, deployment.Text("metadata", "uid")!);
        var template = deployment["spec"]?["template"] as JsonObject ?? [];
        var hash = WorkloadNames.HashOf(template);
        var setName = $"{name}-{hash}";
        return state.Store.TryGet(_type, ns, setName) ?? state.Store.Create(_type, Compose(deployment, template, hash, NextRevision(ns, uid)));
    }

    /// <summary>Makes or deletes pods until there are that many, and says so in the set.</summary>
    public void Scale(StoredObject set, int replicas, Action<JsonObject>? prepare = null)
    {
        var present = PodsOf(set);
        for (var i = present.Count; i < replicas; i++)
        {
            AddPod(set, prepare);
        }

        foreach (var pod in present.Skip(replicas))
        {
            state.Store.Delete(_pods, pod.Namespace, pod.Name);
        }

        state.Store.Update(_type, set.Namespace, set.Name, content =>
        {
            content.Child("spec")["replicas"] = replicas;
            content["status"] = replicas == 0
                ? new JsonObject { ["replicas"] = 0, ["observedGeneration"] = 1 }
                : new JsonObject
                {
                    ["replicas"] = replicas,
                    ["fullyLabeledReplicas"] = replicas,
                    ["readyReplicas"] = replicas,
                    ["availableReplicas"] = replicas,
                    ["observedGeneration"] = 1,
                };
            return content;
        });
    }

    public void Delete(StoredObject set)
    {
        foreach (var pod in PodsOf(set))
        {
            state.Store.Delete(_pods, pod.Namespace, pod.Name);
        }

        state.Store.Delete(_type, set.Namespace, set.Name);
    }

    public static string RevisionOf(StoredObject set) => set.Content().Text("metadata", "annotations", RevisionAnnotation) ?? "1";

    private void AddPod(StoredObject set, Action<JsonObject>? prepare)
    {
        var template = set.Content()["spec"]!["template"]!;
        var metadata = new JsonObject
        {
            ["generateName"] = set.Name + "-",
            ["namespace"] = set.Namespace,
            ["labels"] = template["metadata"]?["labels"]?.DeepClone(),
            ["ownerReferences"] = WorkloadNames.OwnedBy("apps/v1", "ReplicaSet", set.Name, set.Uid),
        };
        pods.Create(metadata, template["spec"]!.DeepClone().AsObject(), prepare);
    }

    private string NextRevision(string ns, string uid) =>
        (Of(ns, uid).Select(set => int.Parse(RevisionOf(set), CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1).ToString(CultureInfo.InvariantCulture);

    private static string? OwnerUid(StoredObject owned) => owned.Content()["metadata"]?["ownerReferences"]?[0].Text("uid");

    private static JsonObject Compose(JsonObject deployment, JsonObject template, string hash, string revision)
    {
        var (ns, name) = (deployment.Text("metadata", "namespace")!, deployment.Text("metadata", "name")!);
        var labelled = template.DeepClone().AsObject();
        labelled.Child("metadata").Child("labels")[WorkloadNames.HashLabel] = hash;
        var selector = deployment["spec"]?["selector"]?.DeepClone() as JsonObject ?? [];
        selector.Child("matchLabels")[WorkloadNames.HashLabel] = hash;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{name}-{hash}",
                ["namespace"] = ns,
                ["generation"] = 1,
                ["labels"] = labelled["metadata"]!["labels"]!.DeepClone(),
                ["annotations"] = new JsonObject { [RevisionAnnotation] = revision },
                ["ownerReferences"] = WorkloadNames.OwnedBy("apps/v1", "Deployment", name, deployment.Text("metadata", "uid")!),
            },
            ["spec"] = new JsonObject { ["replicas"] = 0, ["selector"] = selector, ["template"] = labelled },
            ["status"] = new JsonObject { ["replicas"] = 0 },
        };
    }
}
