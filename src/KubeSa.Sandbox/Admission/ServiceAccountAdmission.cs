using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Admission;

/// <summary>Gives a new pod its account, the account's pull secrets, and a mount of its token.</summary>
internal sealed class ServiceAccountAdmission(SandboxState state) : IAdmission
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    public JsonObject Admit(RequestInfo info, UserInfo user, JsonObject obj, JsonObject? old)
    {
        if (info is { Group: "", Resource: "pods", Subresource: "", Verb: "create" })
        {
            Admit(info.Namespace, obj);
        }

        return obj;
    }

    /// <summary>The same for a pod that a controller makes; throws <see cref="ApiError"/> where the account is missing.</summary>
    public void Admit(string ns, JsonObject pod)
    {
        var spec = pod.Child("spec");
        var name = spec.Text("serviceAccountName") is { Length: > 0 } given ? given
            : spec.Text("serviceAccount") is { Length: > 0 } old ? old
            : "default";
        spec["serviceAccountName"] = name;
        spec["serviceAccount"] = name;
        var stored = state.Store.TryGet(state.Types.Get("", "serviceaccounts"), ns, name)
            ?? throw ApiError.Forbidden("", "pods", pod.Text("metadata", "name") ?? pod.Text("metadata", "generateName") ?? "",
                $"error looking up service account {ns}/{name}: serviceaccount \"{name}\" not found");
        var account = stored.Content();
        if (Automounts(spec, account))
        {
            Mount(spec, stored, account);
        }

        if (spec["imagePullSecrets"] is not JsonArray { Count: > 0 } && account["imagePullSecrets"] is JsonArray { Count: > 0 } inherited)
        {
            spec["imagePullSecrets"] = inherited.DeepClone();
        }
    }

    // The pod's own wish wins over the account's.
    private static bool Automounts(JsonObject spec, JsonObject account) =>
        Flag(spec, "automountServiceAccountToken") ?? Flag(account, "automountServiceAccountToken") ?? true;

    private static bool? Flag(JsonObject obj, string name) =>
        obj[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    private void Mount(JsonObject spec, StoredObject stored, JsonObject account)
    {
        var volume = state.ServerVersion.MakesTokenSecrets
            ? TokenVolumes.OfSecret(SecretOf(stored, account))
            : TokenVolumes.Projected();
        var existing = TokenVolumes.FindExisting(spec, volume);
        var needed = false;
        foreach (var list in new[] { "initContainers", "containers" })
        {
            foreach (var container in (spec[list] as JsonArray ?? []).OfType<JsonObject>())
            {
                needed |= MountInto(container, existing ?? volume.Text("name")!);
            }
        }

        if (needed && existing is null)
        {
            spec["volumes"] ??= new JsonArray();
            spec["volumes"]!.AsArray().Add((JsonNode)volume);
        }
    }

    private string SecretOf(StoredObject stored, JsonObject account)
    {
        foreach (var reference in account["secrets"] as JsonArray ?? [])
        {
            var secret = state.Store.TryGet(state.Types.Get("", "secrets"), stored.Namespace, reference.Text("name") ?? "");
            if (secret is not null && secret.Content().Text("type") == Tokens.TokenSecrets.Type)
            {
                return secret.Name;
            }
        }

        throw new ApiError(
            500,
            "ServerTimeout",
            $"No API token found for service account \"{stored.Name}\", retry after the token is automatically created and added to the service account",
            new JsonObject { ["name"] = "create pod", ["kind"] = "serviceaccounts", ["retryAfterSeconds"] = 1 })
        { RetryAfterSeconds = 1 };
    }

    // A mount of the pod's own at that place is left alone.
    private static bool MountInto(JsonObject container, string volume)
    {
        container["volumeMounts"] ??= new JsonArray();
        var mounts = container["volumeMounts"]!.AsArray();
        if (mounts.Any(mount => mount.Text("mountPath") == MountPath))
        {
            return false;
        }

        mounts.Add((JsonNode)new JsonObject { ["name"] = volume, ["readOnly"] = true, ["mountPath"] = MountPath });
        return true;
    }
}
