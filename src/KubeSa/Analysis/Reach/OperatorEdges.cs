using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Reach;

/// <summary>
/// Custom resources whose controllers act for whoever writes them: with pods as any account of the namespace, or with the controller's own
/// rights. Only where the resource is installed, and the controller is found by its labels and images and not by a name.
/// </summary>
internal static class OperatorEdges
{
    // What makes pods that run as the account that the object names.
    private static readonly (string Group, string Resource)[] PodMakers =
    [
        ("argoproj.io", "workflows"), ("argoproj.io", "cronworkflows"), ("argoproj.io", "rollouts"), ("tekton.dev", "taskruns"), ("tekton.dev", "pipelineruns"), ("keda.sh", "scaledjobs"),
        ("serving.knative.dev", "services"), ("serving.knative.dev", "configurations"), ("jobset.x-k8s.io", "jobsets"), ("batch.volcano.sh", "jobs"), ("ray.io", "rayclusters"), ("ray.io", "rayjobs"),
        ("sparkoperator.k8s.io", "sparkapplications"), ("apps.kruise.io", "clonesets"), ("apps.kruise.io", "daemonsets"), ("apps.kruise.io", "statefulsets"), ("kubeflow.org", "notebooks"), ("kubeflow.org", "pytorchjobs"),
        ("apps.openshift.io", "deploymentconfigs"), ("leaderworkerset.x-k8s.io", "leaderworkersets"), ("monitoring.coreos.com", "prometheuses"), ("monitoring.coreos.com", "alertmanagers"),
    ];

    // What a controller does with rights of its own, and how the controller is known.
    private static readonly (string Group, string Resource, string Controller)[] Deputies =
    [
        ("kustomize.toolkit.fluxcd.io", "kustomizations", "kustomize-controller"), ("helm.toolkit.fluxcd.io", "helmreleases", "helm-controller"),
        ("argoproj.io", "applications", "argocd-application-controller"), ("argoproj.io", "applicationsets", "argocd-applicationset-controller"),
        ("velero.io", "restores", "velero"), ("kubernetes.crossplane.io", "objects", "provider-kubernetes"), ("kyverno.io", "clusterpolicies", "kyverno-background-controller"),
        ("kyverno.io", "policies", "kyverno-background-controller"), ("helm.cattle.io", "helmcharts", "helm-controller"), ("fleet.cattle.io", "bundles", "fleet-agent"),
        ("addons.cluster.x-k8s.io", "clusterresourcesets", "capi-controller-manager"), ("config.gatekeeper.sh", "configs", "gatekeeper"), ("operators.coreos.com", "subscriptions", "olm-operator"),
        ("operators.coreos.com", "clusterserviceversions", "olm-operator"), ("external-secrets.io", "pushsecrets", "external-secrets"), ("cert-manager.io", "issuers", "cert-manager"),
    ];

    private static readonly Dictionary<string, Question[]> Writes = PodMakers.Concat(Deputies.Select(deputy => (deputy.Group, deputy.Resource))).Distinct()
        .ToDictionary(item => $"{item.Resource}.{item.Group}", item => (Question[])[new Question("create", item.Group, item.Resource), .. Questions.Writes(item.Group, item.Resource)]);

    /// <summary>Whether a controller is known that acts for whoever writes such objects.</summary>
    internal static bool IsActedUpon(SnapshotResource resource) => Writes.ContainsKey(resource.FullName);

    internal static void Add(EdgeContext context, Holder holder)
    {
        foreach (var installed in context.Facts.ActedUpon)
        {
            foreach (var right in holder.May(Writes[installed.FullName]).Where(right => right.Names is null))
            {
                if (PodMakers.Contains((installed.Group, installed.Plural)))
                {
                    context.Step(holder, context.V(VertexKind.NewPod, right.Scope), "CreateCustomWorkload", EdgeContext.Likely,
                        $"The controller of {installed.FullName} makes pods {EdgeContext.In(right.Scope)} that run as the account that the object names.", right);
                }

                foreach (var (_, _, name) in Deputies.Where(deputy => (deputy.Group, deputy.Resource) == (installed.Group, installed.Plural)))
                {
                    Deputy(context, holder, right, installed, name);
                }
            }
        }
    }

    private static void Deputy(EdgeContext context, Holder holder, Right right, SnapshotResource resource, string name)
    {
        foreach (var controller in context.Snapshot.Workloads.Where(workload => Is(workload, name)).DistinctBy(workload => (workload.Namespace, workload.ServiceAccount)))
        {
            context.Step(holder, context.Account(controller.Namespace, controller.ServiceAccount), "Deputy", EdgeContext.Likely,
                $"{controller} acts on {resource.FullName} {EdgeContext.In(right.Scope)} with the rights of {controller.Namespace}/{controller.ServiceAccount}, unless it is told to use the account of the object.", right);
        }
    }

    private static bool Is(SnapshotWorkload workload, string name) =>
        workload.Kind is "Deployment" or "StatefulSet" or "DaemonSet"
        && (workload.Labels.Any(label => label.Key is "app" or "app.kubernetes.io/name" or "app.kubernetes.io/component" or "k8s-app" && label.Value == name)
            || workload.Images.Any(image => image.Split(':')[0].EndsWith($"/{name}", StringComparison.Ordinal)));
}
