using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Keeps in every namespace the account default and the CA that pods trust the server by; a deleted one comes back.</summary>
internal sealed class NamespaceDefaults(SandboxState state) : IController
{
    private const string Account = "default";
    private const string RootCa = "kube-root-ca.crt";
    private const string Description =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or " +
        "kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    private readonly ResourceType _namespaces = state.Types.Get("", "namespaces");
    private readonly ResourceType _accounts = state.Types.Get("", "serviceaccounts");
    private readonly ResourceType _configMaps = state.Types.Get("", "configmaps");

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        // What comes with a new namespace is as old as that, for those of a scenario are not new.
        var (ns, created) = change switch
        {
            { Kind: ChangeKind.Added } when change.Type == _namespaces => (change.Object.Name, change.Object.Content().Text("metadata", "creationTimestamp")),
            { Kind: ChangeKind.Deleted, Object.Name: Account } when change.Type == _accounts => (change.Object.Namespace, null),
            { Kind: ChangeKind.Deleted, Object.Name: RootCa } when change.Type == _configMaps => (change.Object.Namespace, null),
            _ => default((string?, string?)),
        };
        if (ns is not null && state.Store.TryGet(_namespaces, "", ns) is { IsDeleting: false })
        {
            Ensure(_accounts, ns, Account, [], created);
            Ensure(_configMaps, ns, RootCa, RootCaOf(), created);
        }
    }

    private JsonObject RootCaOf()
    {
        var content = new JsonObject { ["data"] = new JsonObject { ["ca.crt"] = state.Identity.Authority.Pem } };
        if (!state.ServerVersion.IsLegacy)
        {
            content["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["kubernetes.io/description"] = Description } };
        }

        return content;
    }

    private void Ensure(ResourceType type, string ns, string name, JsonObject content, string? created)
    {
        if (state.Store.TryGet(type, ns, name) is not null)
        {
            return;
        }

        var metadata = content.Child("metadata");
        metadata["name"] = name;
        metadata["namespace"] = ns;
        metadata["creationTimestamp"] = created ?? state.Time.Stamp();
        try
        {
            state.Store.Create(type, content);
        }
        catch (ApiError e) when (e.Reason == "AlreadyExists")
        {
            // A client was faster, which is as good.
        }
    }
}
