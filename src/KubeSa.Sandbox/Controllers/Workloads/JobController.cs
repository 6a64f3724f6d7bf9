using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers.Workloads;

/// <summary>
/// Runs a Job once: makes its pod, ends with it or at the deadline, and deletes what has ended when its time to live is over.
/// Only where a kubelet runs pods: the recorded clusters have none. No retries, no parallel pods.
/// </summary>
internal sealed class JobController(SandboxState state) : IController
{
    private readonly ResourceType _jobs = state.Types.Get("batch", "jobs");
    private readonly ResourceType _pods = state.Types.Get("", "pods");

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        switch (change.Type.Name)
        {
            case "jobs" when change.Kind == ChangeKind.Added:
                Start(change.Object, later);
                break;
            case "pods" when change.Kind == ChangeKind.Modified && OwnerOf(change.Object) is { } job && Outcome(change.Object) is { } outcome:
                End(change.Object.Namespace, job, outcome, later);
                break;
        }
    }

    private void Start(StoredObject job, IDelayedWork later)
    {
        var content = job.Content();
        if (content["spec"]?["activeDeadlineSeconds"] is { } seconds)
        {
            later.After(TimeSpan.FromSeconds((long)seconds), () => Expire(job, later));
        }

        try
        {
            MakePod(job, content);
            SetStatus(job.Namespace, job.Name, status =>
            {
                status["startTime"] = state.Time.Stamp();
                status["active"] = 1;
            });
        }
        catch (ApiError refusal)
        {
            SandboxEvents.Warn(state, "batch/v1", "Job", job, "FailedCreate", "job-controller", $"Error creating: {refusal.Message}");
        }
    }

    private void MakePod(StoredObject job, JsonObject content)
    {
        var template = content["spec"]!["template"]!;
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{job.Name}-{RandomName.Suffix()}",
                ["generateName"] = job.Name + "-",
                ["namespace"] = job.Namespace,
                ["labels"] = template["metadata"]?["labels"]?.DeepClone(),
                ["ownerReferences"] = WorkloadNames.OwnedBy("batch/v1", "Job", job.Name, job.Uid),
            },
            ["spec"] = template["spec"]!.DeepClone(),
        };
        var kind = StrategyTable.Of(_pods);
        kind.Default(pod, state.ServerVersion);
        kind.PrepareForCreate(pod, state.ServerVersion);
        state.ServiceAccounts.Admit(job.Namespace, pod);
        state.Store.Create(_pods, pod);
    }

    private void End(string ns, string name, (string Type, string Reason, string Message) outcome, IDelayedWork later)
    {
        if (state.Store.TryGet(_jobs, ns, name) is not { } job || HasEnded(job))
        {
            return;
        }

        var now = state.Time.Stamp();
        SetStatus(ns, name, status =>
        {
            status.Remove("active");
            status[outcome.Type == "Complete" ? "succeeded" : "failed"] = 1;
            if (outcome.Type == "Complete")
            {
                status["completionTime"] = now;
            }

            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = outcome.Type,
                ["status"] = "True",
                ["reason"] = outcome.Reason,
                ["message"] = outcome.Message,
                ["lastProbeTime"] = now,
                ["lastTransitionTime"] = now,
            });
        });
        if (job.Content()["spec"]?["ttlSecondsAfterFinished"] is { } seconds)
        {
            later.After(TimeSpan.FromSeconds((long)seconds), () => Delete(job));
        }
    }

    private void Expire(StoredObject job, IDelayedWork later)
    {
        if (state.Store.TryGet(_jobs, job.Namespace, job.Name) is not { } current || current.Uid != job.Uid || HasEnded(current))
        {
            return;
        }

        foreach (var pod in state.Store.Snapshot(_pods).From(job.Namespace).Where(pod => OwnerOf(pod) == job.Name).ToList())
        {
            state.Store.Delete(_pods, pod.Namespace, pod.Name);
        }

        End(job.Namespace, job.Name, ("Failed", "DeadlineExceeded", "Job was active longer than specified deadline"), later);
    }

    // Its pods go with it: they name it as their owner.
    private void Delete(StoredObject job)
    {
        if (state.Store.TryGet(_jobs, job.Namespace, job.Name)?.Uid == job.Uid)
        {
            state.Store.Delete(_jobs, job.Namespace, job.Name);
        }
    }

    private void SetStatus(string ns, string name, Action<JsonObject> change) => state.Store.Update(_jobs, ns, name, content =>
    {
        change(content.Child("status"));
        return content;
    });

    private static (string Type, string Reason, string Message)? Outcome(StoredObject pod) => pod.Content().Text("status", "phase") switch
    {
        "Succeeded" => ("Complete", "CompletionsReached", "Reached expected number of succeeded pods"),
        "Failed" => ("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit"),
        _ => null,
    };

    private static bool HasEnded(StoredObject job) => job.Content()["status"]?["conditions"] is JsonArray { Count: > 0 };

    private static string? OwnerOf(StoredObject pod) => pod.Content()["metadata"]?["ownerReferences"]?[0] is { } owner && owner.Text("kind") == "Job"
        ? owner.Text("name")
        : null;
}
