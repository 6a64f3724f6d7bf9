using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Reach;

/// <summary>Pods that one creates, changes, or gets into.</summary>
internal static class PodEdges
{
    /// <summary>What makes pods of a template: group, resource, kind, part, and whether the template of one that exists can be changed.</summary>
    internal static readonly (Question Create, Question[] Change, string Group, string Kind, string Part, bool Changes)[] Workloads =
    [
        Kind("apps", "deployments", "Deployment", SnapshotParts.Deployments),
        Kind("apps", "daemonsets", "DaemonSet", SnapshotParts.DaemonSets),
        Kind("apps", "statefulsets", "StatefulSet", SnapshotParts.StatefulSets),
        Kind("apps", "replicasets", "ReplicaSet", SnapshotParts.ReplicaSets),
        Kind("batch", "cronjobs", "CronJob", SnapshotParts.CronJobs),
        Kind("batch", "jobs", "Job", SnapshotParts.Jobs, changes: false),
        Kind(string.Empty, "replicationcontrollers", "ReplicationController", SnapshotParts.ReplicationControllers),
    ];

    private static readonly Question[] CreatesPods = [Questions.CreatePods, .. Workloads.Select(kind => kind.Create)];

    internal static void Add(EdgeContext context, Holder holder)
    {
        Create(context, holder);
        foreach (var kind in Workloads.Where(kind => kind.Changes))
        {
            foreach (var right in holder.May(kind.Change))
            {
                ChangeTemplate(context, holder, right, kind.Group, kind.Kind, kind.Part);
            }
        }

        Into(context, holder, holder.May(Questions.ChangePods), "ChangePods", EdgeContext.Certain, "The image of a running pod can be changed, and the new one runs as the pod's account.");
        if (context.Facts.Minor is null or >= 23)
        {
            Into(context, holder, holder.May(Questions.DebugPods), "EphemeralContainer", EdgeContext.Certain, "A container that is added to a running pod can mount the pod's token volume.");
        }

        Connect(context, holder, Questions.CreateExec, Questions.GetExec, "PodExec", EdgeContext.Certain, "Commands run in the pod can read its token.");
        Connect(context, holder, Questions.CreateAttach, Questions.GetAttach, "PodAttach", EdgeContext.Likely, "What is typed goes to the pod's main process, which may be a shell.");
    }

    /// <summary>The rights by which new pods come about, directly or by a controller.</summary>
    internal static IEnumerable<Right> MayCreate(Holder holder) => holder.May(CreatesPods);

    private static void Create(EdgeContext context, Holder holder)
    {
        foreach (var right in holder.May(Questions.CreatePods))
        {
            context.Step(holder, context.V(VertexKind.NewPod, right.Scope), "CreatePods", context.Facts.PodCertainty,
                $"A new pod {EdgeContext.In(right.Scope)} names the account that it runs as, which neither Pod Security nor the account's automount setting prevents.{context.Facts.PodDoubt}", right);
        }

        foreach (var kind in Workloads)
        {
            foreach (var right in holder.May(kind.Create))
            {
                context.Step(holder, context.V(VertexKind.NewPod, right.Scope), "CreateWorkload", context.Facts.PodCertainty,
                    $"The pods of a new {kind.Kind} {EdgeContext.In(right.Scope)} run as the account that its template names.{context.Facts.PodDoubt}", right);
            }
        }
    }

    private static void ChangeTemplate(EdgeContext context, Holder holder, Right right, string group, string kind, string part)
    {
        var condition = $"The template of a {kind} that exists can be changed, and its pods run as the account that it then names.{context.Facts.PodDoubt}";
        if (!context.Snapshot.WasRead(part, right.Scope))
        {
            context.Step(holder, context.V(VertexKind.NewPod, right.Scope), "ChangeWorkload", EdgeContext.Possible, $"{condition} Whether there is one could not be read.", right);
            return;
        }

        if (right is { Scope: null, Names: null })
        {
            context.Step(holder, Hub(context, group, kind), "ChangeWorkload", context.Facts.PodCertainty, condition, right);
            return;
        }

        var places = (right.Scope is { } scope ? context.Facts.WorkloadsByNamespace[(group, kind, scope)] : context.Facts.Workloads[(group, kind)]).Where(item => right.Covers(item.Name)).Select(item => item.Namespace).Distinct();
        foreach (var ns in places)
        {
            context.Step(holder, context.V(VertexKind.NewPod, ns), "ChangeWorkload", context.Facts.PodCertainty, condition, right);
        }
    }

    /// <summary>All namespaces that have such objects, drawn once for all who may change them everywhere.</summary>
    private static Vertex Hub(EdgeContext context, string group, string kind)
    {
        var hub = context.V(VertexKind.Half, null, $"{kind}.{group}");
        if (!context.Graph.Has(hub))
        {
            foreach (var ns in context.Facts.Workloads[(group, kind)].Select(item => item.Namespace).Distinct())
            {
                context.Graph.Follows(hub, context.V(VertexKind.NewPod, ns));
            }
        }

        return hub;
    }

    /// <summary>To create is enough on every server; to get is by a WebSocket, until 1.35, from which on both are needed.</summary>
    private static void Connect(EdgeContext context, Holder holder, Question create, Question get, string name, EscalationCertainty certainty, string condition)
    {
        Into(context, holder, holder.May(create), name, certainty, condition);
        if (context.Facts.Minor is null or < 35)
        {
            Into(context, holder, holder.May(get), name, context.Facts.Minor is null ? EdgeContext.Possible : certainty,
                $"{condition} Until Kubernetes 1.35 a WebSocket needs no more than get.{(context.Facts.Minor is null ? " The server's version is not known." : string.Empty)}");
        }
    }

    private static void Into(EdgeContext context, Holder holder, IEnumerable<Right> rights, string name, EscalationCertainty certainty, string condition)
    {
        foreach (var right in rights)
        {
            if (right.Names is null)
            {
                context.Step(holder, context.V(VertexKind.RunningPods, right.Scope), name, certainty, condition, right);
                continue;
            }

            foreach (var pod in context.Facts.Pods(right.Scope, right.Names))
            {
                context.Step(holder, HubEdges.OfPod(context, pod), name, certainty, $"{condition} Pod {pod.Namespace}/{pod.Name} is one that the rule names.", right);
            }
        }
    }

    private static (Question Create, Question[] Change, string Group, string Kind, string Part, bool Changes) Kind(string group, string resource, string kind, string part, bool changes = true) =>
        (new Question("create", group, resource), Questions.Writes(group, resource), group, kind, part, changes);
}
