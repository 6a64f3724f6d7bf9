namespace KubeSa.Analysis.Use;

/// <summary>Tells by their marks which tool keeps an object: what is changed beside the tool, the tool changes back.</summary>
internal static class ToolMarks
{
    private static readonly (string Key, string Tool)[] Keys =
    [
        ("meta.helm.sh/release-name", "Helm"), ("helm.sh/chart", "Helm"), ("argocd.argoproj.io/instance", "Argo CD"), ("argocd.argoproj.io/tracking-id", "Argo CD"),
        ("kustomize.toolkit.fluxcd.io/name", "Flux"), ("helm.toolkit.fluxcd.io/name", "Flux"), ("kapp.k14s.io/app", "kapp"), ("objectset.rio.cattle.io/owner-name", "Fleet"),
        ("addonmanager.kubernetes.io/mode", "the addon manager"), ("olm.owner", "the Operator Lifecycle Manager"), ("kubernetes.io/bootstrapping", "the API server itself"),
    ];

    private static readonly (string Manager, string Tool)[] Managers = [("argocd-", "Argo CD"), ("helm-controller", "Flux"), ("kustomize-controller", "Flux"), ("Helm", "Helm"), ("fleetagent", "Fleet")];

    /// <summary>The tool; null where no mark of one is there.</summary>
    /// <param name="marks">Labels and annotations.</param>
    /// <param name="managers">The field managers, where they are known.</param>
    internal static string? ToolOf(IEnumerable<KeyValuePair<string, string>> marks, IEnumerable<string>? managers = null)
    {
        foreach (var (key, value) in marks)
        {
            if (key == PlanManifests.ManagedBy && value is "Helm" or "argocd" or "flux" or "Helmfile" or "terraform" or "pulumi")
            {
                return value;
            }

            if (Keys.FirstOrDefault(known => known.Key == key).Tool is { } tool)
            {
                return tool;
            }
        }

        return (managers ?? []).Select(manager => Managers.FirstOrDefault(known => manager.StartsWith(known.Manager, StringComparison.Ordinal)).Tool).FirstOrDefault(tool => tool is not null);
    }
}
