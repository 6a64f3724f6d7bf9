using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Tokens;

/// <summary>Finds the object that a token is to be bound to.</summary>
internal sealed class TokenBinding(SandboxState state)
{
    /// <summary>The request with its pod, secret or node; throws <see cref="ApiError"/> where it cannot be bound.</summary>
    public BoundTokenRequest Bind(BoundTokenRequest request, JsonObject reference)
    {
        var (version, kind) = (reference.Text("apiVersion") ?? "", reference.Text("kind") ?? "");
        return (version, kind) switch
        {
            ("v1", "Pod") => BindPod(request, reference),
            ("v1", "Secret") => request with { Secret = Identify(Find("secrets", request.Namespace, reference), kind, reference) },
            ("v1", "Node") when !state.ServerVersion.IsLegacy => request with { Node = Identify(Find("nodes", "", reference), kind, reference) },
            _ => throw ApiError.BadRequest($"cannot bind token to object of type {Describe(version)}, Kind={kind}"),
        };
    }

    private BoundTokenRequest BindPod(BoundTokenRequest request, JsonObject reference)
    {
        var pod = Find("pods", request.Namespace, reference);
        var content = pod.Content();
        if (content.Text("spec", "serviceAccountName") != request.Account.Name)
        {
            throw ApiError.BadRequest(
                $"cannot bind token for serviceaccount {GoFormat.Quote(request.Account.Name)} to pod running with different serviceaccount name.");
        }

        var bound = request with { Pod = Identify(pod, "Pod", reference) };
        return content.Text("spec", "nodeName") is { Length: > 0 } node
            && state.Store.TryGet(state.Types.Get("", "nodes"), "", node) is { } stored
            ? bound with { Node = new NamedUid(node, stored.Uid) }
            : bound;
    }

    private StoredObject Find(string resource, string ns, JsonObject reference)
    {
        if (reference.Text("name") is not { Length: > 0 } name)
        {
            throw ApiError.BadRequest("Name parameter required.");
        }

        var type = state.Types.Get("", resource);
        return state.Store.TryGet(type, ns, name) ?? throw ApiError.NotFound(type, name);
    }

    private static NamedUid Identify(StoredObject found, string kind, JsonObject reference)
    {
        if (reference.Text("uid") is { Length: > 0 } uid && uid != found.Uid)
        {
            throw new ApiError(
                409,
                "Conflict",
                $"Operation cannot be fulfilled on {kind} \"{found.Name}\": the UID in the bound object reference ({uid}) does not match "
                    + "the UID in record. The object might have been deleted and then recreated",
                new JsonObject { ["name"] = found.Name, ["kind"] = kind });
        }

        return new NamedUid(found.Name, found.Uid);
    }

    // As Go prints a group and version: a group without a name leaves its slash.
    private static string Describe(string version) => version.Contains('/', StringComparison.Ordinal) ? version : "/" + version;
}
