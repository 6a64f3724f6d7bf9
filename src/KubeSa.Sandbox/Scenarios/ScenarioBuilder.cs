using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth.Rbac;
using KubeSa.Sandbox.Controllers.Workloads;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>Puts the objects of a scenario into the store, each in a line.</summary>
internal sealed class ScenarioBuilder(SandboxState state)
{
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private readonly PodFactory _pods = state.Pods;
    private readonly ReplicaSets _sets = state.ReplicaSets;

    /// <summary>What is put in from now on was made that many days ago.</summary>
    public void DaysAgo(int days) => state.Store.Age = TimeSpan.FromDays(days);

    public void Namespace(string name, string? podSecurity = null)
    {
        var labels = new JsonObject { ["kubernetes.io/metadata.name"] = name };
        if (podSecurity is not null)
        {
            labels["pod-security.kubernetes.io/enforce"] = podSecurity;
        }

        state.Store.Create(state.Types.Get("", "namespaces"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels },
            ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
            ["status"] = new JsonObject { ["phase"] = "Active" },
        });
    }

    public void Node(string name)
    {
        state.Store.Create(state.Types.Get("", "nodes"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/hostname"] = name } },
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["reason"] = "KubeletReady" }),
                ["nodeInfo"] = new JsonObject { ["kubeletVersion"] = state.ServerVersion.IsLegacy ? "v1.20.2" : "v1.36.2" },
            },
        });
    }

    /// <summary>An account, with the token Secret it would have by now where the version makes one.</summary>
    public StoredObject Account(string ns, string name, Action<JsonObject>? change = null)
    {
        var type = state.Types.Get("", "serviceaccounts");
        try
        {
            state.Store.Create(type, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns } });
        }
        catch (ApiError exists) when (exists.Code == 409)
        {
            // The controller that keeps default accounts was faster.
        }

        if (change is not null)
        {
            state.Store.Update(type, ns, name, account =>
            {
                change(account);
                return account;
            });
        }

        if (state.ServerVersion.MakesTokenSecrets)
        {
            state.TokenSecrets.EnsureOwnSecret(ns, name);
        }

        return state.Store.TryGet(type, ns, name)!;
    }

    /// <summary>
    /// A Secret with a token of an account that never expires, as somebody made it by hand; last used that many days ago, and
    /// marked invalid since then where the server no longer takes it.
    /// </summary>
    public void TokenSecret(string ns, string name, string account, int lastUsed, int? invalidSince = null)
    {
        var secret = TokenSecrets.Empty(ns, name, account, state.Store.TryGet(state.Types.Get("", "serviceaccounts"), ns, account)!.Uid);
        var labels = secret.Child("metadata").Child("labels");
        labels[LegacyTokenValidator.LastUsedLabel] = Date(lastUsed);
        if (invalidSince is { } days)
        {
            labels[LegacyTokenValidator.InvalidSinceLabel] = Date(days);
        }

        state.TokenSecrets.Fill(secret, ns, account);
        state.Store.Create(state.Types.Get("", "secrets"), secret);
    }

    private string Date(int daysAgo) =>
        (state.Time.GetUtcNow() - TimeSpan.FromDays(daysAgo)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A Role, or a ClusterRole for an empty namespace.</summary>
    public void Role(string ns, string name, params JsonObject[] rules) =>
        state.Store.Create(state.Types.Get(RbacGroup, ns.Length == 0 ? "clusterroles" : "roles"), RbacObjects.Role(ns, name, rules));

    /// <summary>A binding of a ClusterRole; of a Role where <paramref name="kind"/> says so.</summary>
    public void Bind(string ns, string name, string role, JsonObject subject, string kind = "ClusterRole") => state.Store.Create(
        state.Types.Get(RbacGroup, ns.Length == 0 ? "clusterrolebindings" : "rolebindings"), RbacObjects.Binding(ns, name, kind, role, subject));

    public void ConfigMap(string ns, string name, JsonObject data) =>
        state.Store.Create(state.Types.Get("", "configmaps"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
            ["data"] = data,
        });

    /// <summary>The credentials of no registry, as accounts name them to pull images.</summary>
    public void PullSecret(string ns, string name) =>
        state.Store.Create(state.Types.Get("", "secrets"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
            ["type"] = "kubernetes.io/dockerconfigjson",
            ["data"] = new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String("{}"u8) },
        });

    /// <summary>An object of any other kind, as it is written.</summary>
    public void Put(string group, string resource, JsonObject item) => state.Store.Create(state.Types.Get(group, resource), item);

    /// <summary>A pod that no controller looks after.</summary>
    public void Pod(string ns, string name, string account) => _pods.Create(
        new JsonObject { ["name"] = name, ["namespace"] = ns, ["labels"] = new JsonObject { ["app"] = name } }, PodTemplate.Spec(name, account));

    /// <summary>A deployment that has long been rolled out; <paramref name="prepare"/> may change its pods before admission.</summary>
    public void Deployment(string ns, string name, string account, int replicas, Action<JsonObject>? prepare = null)
    {
        // The deployment comes last: once it is there, its controller would make pods of its own.
        var deployment = PodTemplate.Deployment(ns, name, account, replicas);
        var set = _sets.Ensure(deployment);
        _sets.Scale(set, replicas, prepare);
        state.Store.Create(state.Types.Get("apps", "deployments"), deployment);
    }
}
