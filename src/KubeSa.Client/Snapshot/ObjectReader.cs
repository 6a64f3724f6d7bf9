using System.Text.Json;
using KubeSa.Analysis.Snapshot;
using KubeSa.Client.Json;

namespace KubeSa.Client.Snapshot;

/// <summary>The objects of a snapshot, from what the server sends.</summary>
internal sealed class ObjectReader(TextPool texts)
{
    private static readonly string[] KnownLabels = ["app", "k8s-app", "component", "control-plane", "helm.sh/chart", "name"];
    private static readonly string[] KnownAnnotations =
        ["eks.amazonaws.com/", "azure.workload.identity/", "iam.gke.io/", "kubernetes.io/", "meta.helm.sh/", "argocd.argoproj.io/tracking-id"];

    private static readonly string[] SecretLabels =
        ["kubernetes.io/", "argocd.argoproj.io/", "cluster.x-k8s.io/", "kustomize.toolkit.fluxcd.io/", "app.kubernetes.io/", "operator.cluster.x-k8s.io/"];

    private readonly PodSpecReader _pods = new(texts);

    internal SnapshotNamespace Namespace(JsonElement item) => new(Name(item)) { Labels = texts.Map(Metadata(item), "labels", _ => true) };

    internal SnapshotNode Node(JsonElement item) => new(Name(item))
    {
        IsControlPlane = texts.Map(Metadata(item), "labels", key => key is "node-role.kubernetes.io/control-plane" or "node-role.kubernetes.io/master").Count > 0,
    };

    internal SnapshotAccount Account(JsonElement item) => new(Home(item), Name(item))
    {
        Uid = texts.Text(Metadata(item), "uid"),
        Created = Created(item),
        Automount = TextPool.Flag(item, "automountServiceAccountToken"),
        Secrets = Names(item, "secrets"),
        ImagePullSecrets = Names(item, "imagePullSecrets"),
        Labels = texts.Map(Metadata(item), "labels", _ => true),
        Annotations = texts.Map(Metadata(item), "annotations", Begins(KnownAnnotations)),
    };

    /// <summary>A pod; null for one that is over.</summary>
    internal SnapshotWorkload? Pod(JsonElement item)
    {
        if (SafeJson.Text(SafeJson.Find(item, "status"), "phase") is "Succeeded" or "Failed")
        {
            return null;
        }

        var spec = SafeJson.Find(item, "spec");
        return _pods.Read(Workload(item, SnapshotWorkload.Pod, string.Empty) with { Node = texts.Text(spec, "nodeName") is { Length: > 0 } node ? node : null }, spec);
    }

    internal SnapshotWorkload Template(JsonElement item, string kind, string group)
    {
        var spec = SafeJson.Find(item, "spec");
        var job = kind == "CronJob" ? SafeJson.Find(SafeJson.Find(spec, "jobTemplate"), "spec") : spec;
        var conditions = TextPool.Elements(SafeJson.Find(item, "status"), "conditions");
        return _pods.Read(
            Workload(item, kind, group) with
            {
                Replicas = (int?)TextPool.Number(spec, "replicas"),
                Schedule = kind == "CronJob" ? texts.Text(spec, "schedule") : null,
                IsOver = kind == "Job" && conditions.Any(condition => SafeJson.Text(condition, "type") is "Complete" or "Failed" && SafeJson.Text(condition, "status") == "True"),
            },
            SafeJson.Find(SafeJson.Find(job, "template"), "spec"));
    }

    /// <summary>A Secret by its metadata; its type is known from what was asked for.</summary>
    internal SnapshotSecret Secret(JsonElement item) => new(Home(item), Name(item))
    {
        Created = Created(item),
        Labels = texts.Map(Metadata(item), "labels", Begins(SecretLabels)),
        Annotations = texts.Map(Metadata(item), "annotations", Begins(KnownAnnotations)),
    };

    internal SnapshotName NameOf(JsonElement item) => new(texts.Text(Metadata(item), "namespace"), Name(item));

    internal SnapshotAdmission Webhook(JsonElement item, string kind)
    {
        var webhooks = TextPool.Elements(item, "webhooks").ToList();
        return new SnapshotAdmission(kind, Name(item))
        {
            Resources = [.. webhooks.SelectMany(webhook => Resources(webhook, "rules")).Distinct()],
            Services = [.. webhooks.Select(webhook => Called(SafeJson.Find(webhook, "clientConfig"))).OfType<string>().Distinct()],
        };
    }

    internal SnapshotAdmission Policy(JsonElement item, string kind) => new(kind, Name(item))
    {
        Resources = [.. Resources(SafeJson.Find(SafeJson.Find(item, "spec"), "matchConstraints"), "resourceRules").Distinct()],
    };

    internal SnapshotCsiDriver CsiDriver(JsonElement item) => new(Name(item))
    {
        TokenAudiences = [.. TextPool.Elements(SafeJson.Find(item, "spec"), "tokenRequests").Select(request => texts.Text(request, "audience") ?? string.Empty)],
    };

    internal SnapshotApiService ApiService(JsonElement item) =>
        new(Name(item), SafeJson.Find(SafeJson.Find(item, "spec"), "service") is { ValueKind: JsonValueKind.Object } service ? Called(service) : null);

    internal string Name(JsonElement item) => texts.Required(Metadata(item), "name");

    internal string Home(JsonElement item) => texts.Required(Metadata(item), "namespace");

    internal static JsonElement? Metadata(JsonElement item) => SafeJson.Find(item, "metadata");

    internal static DateTime? Created(JsonElement item) => TextPool.Time(Metadata(item), "creationTimestamp");

    private SnapshotWorkload Workload(JsonElement item, string kind, string group)
    {
        var metadata = Metadata(item);
        var owner = TextPool.Elements(metadata, "ownerReferences").FirstOrDefault(owner => TextPool.Flag(owner, "controller") == true);
        return new SnapshotWorkload(kind, Home(item), Name(item))
        {
            Group = group,
            Owner = owner.ValueKind == JsonValueKind.Object ? texts.Of($"{SafeJson.Text(owner, "kind")}/{SafeJson.Text(owner, "name")}") : null,
            Created = Created(item),
            Labels = texts.Map(metadata, "labels", key => KnownLabels.Contains(key) || key.StartsWith("app.kubernetes.io/", StringComparison.Ordinal)),
        };
    }

    private IEnumerable<string> Resources(JsonElement? parent, string rules) =>
        from rule in TextPool.Elements(parent, rules)
        from @group in texts.Texts(rule, "apiGroups")
        from resource in texts.Texts(rule, "resources")
        select $"{@group}/{resource}";

    /// <summary>Where a webhook or an API service is called: a service of the cluster, or the host of a URL, which may hold credentials itself.</summary>
    private string? Called(JsonElement? client)
    {
        var service = SafeJson.Find(client, "service") ?? client;
        return texts.Text(service, "name") is { } name ? texts.Of($"{SafeJson.Text(service, "namespace")}/{name}")
            : Uri.TryCreate(SafeJson.Text(client, "url"), UriKind.Absolute, out var url) ? texts.Of(url.Host)
            : null;
    }

    private string[] Names(JsonElement item, string field) => [.. TextPool.Elements(item, field).Select(entry => texts.Text(entry, "name")).OfType<string>()];

    private static Func<string, bool> Begins(string[] known) => key => known.Any(start => key.StartsWith(start, StringComparison.Ordinal));
}
