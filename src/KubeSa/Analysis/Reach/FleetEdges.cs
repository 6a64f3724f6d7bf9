namespace KubeSa.Analysis.Reach;

/// <summary>Ways from one cluster into another: kubeconfigs in Secrets, and keys that both clusters believe.</summary>
internal static class FleetEdges
{
    private const string ArgoCd = "argocd.argoproj.io/secret-type";
    private const string ClusterApi = "cluster.x-k8s.io/cluster-name";

    internal static void Add(IReadOnlyList<EdgeContext> clusters)
    {
        foreach (var from in clusters)
        {
            foreach (var to in clusters.Where(to => to != from))
            {
                Secrets(from, to);
                Keys(from, to);
            }
        }
    }

    private static void Secrets(EdgeContext from, EdgeContext to)
    {
        foreach (var secret in from.Snapshot.Secrets)
        {
            var holder = from.V(VertexKind.Secrets, secret.Namespace);
            if (secret.Labels.GetValueOrDefault(ArgoCd) == "cluster" && NamesHost(secret.Name, to.Snapshot.Cluster.Server))
            {
                var manager = to.Snapshot.Accounts.FirstOrDefault(account => account is { Namespace: "kube-system", Name: "argocd-manager" });
                from.Graph.Step(holder, manager is null ? to.V(VertexKind.ClusterAdmin) : to.Account(manager.Namespace, manager.Name), "ClusterSecret", manager is null ? EdgeContext.Possible : EdgeContext.Likely,
                    $"Secret {secret} is Argo CD's access to {to.Snapshot.Cluster.Name}, by its name; as whom was not read.");
            }

            if (secret.Labels.GetValueOrDefault(ClusterApi) is { } name && secret.Name == $"{name}-kubeconfig" && to.Snapshot.Cluster.Name.Split('@', '/')[^1] == name)
            {
                from.Graph.Step(holder, to.V(VertexKind.Masters), "ClusterSecret", EdgeContext.Likely, $"Secret {secret} is the administrator's kubeconfig of {to.Snapshot.Cluster.Name}, as Cluster API makes them.");
            }
        }
    }

    private static void Keys(EdgeContext from, EdgeContext to)
    {
        var (one, other) = (from.Snapshot.Cluster, to.Snapshot.Cluster);
        if (one.Issuer is null || one.Issuer != other.Issuer || !one.KeyIds.Intersect(other.KeyIds).Any())
        {
            return;
        }

        from.Graph.Step(from.V(VertexKind.ClusterAdmin), to.V(VertexKind.ClusterAdmin), "SharedKey", EdgeContext.Likely,
            $"{one.Name} and {other.Name} sign tokens with the same key and name the same issuer: whoever gets at the key signs tokens for both.");
        foreach (var account in from.Snapshot.Accounts)
        {
            foreach (var same in to.Facts.AccountsByNamespace[account.Namespace].Where(same => same.Name == account.Name && (same.Uid is null || account.Uid is null || same.Uid == account.Uid)))
            {
                from.Graph.Step(from.Account(account.Namespace, account.Name), to.Account(same.Namespace, same.Name), "SharedKey", same.Uid is null || account.Uid is null ? EdgeContext.Possible : EdgeContext.Certain,
                    $"{other.Name} believes tokens of {one.Name}, for they share the key and the issuer{(same.Uid is null || account.Uid is null ? ", if the accounts have the same uid" : ", and the accounts have the same uid")}.");
            }
        }
    }

    /// <summary>Argo CD calls them cluster-HOST-NUMBER.</summary>
    private static bool NamesHost(string name, string server) =>
        Uri.TryCreate(server, UriKind.Absolute, out var url) && (name.Contains($"-{url.Host}-", StringComparison.OrdinalIgnoreCase) || name.EndsWith($"-{url.Host}", StringComparison.OrdinalIgnoreCase));
}
