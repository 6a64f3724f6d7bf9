using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Admission;

/// <summary>Nothing is made in a namespace that is missing or on its way out, and three namespaces stay.</summary>
internal sealed class NamespaceLifecycle(SandboxState state) : IAdmission
{
    private static readonly string[] Protected = ["default", "kube-system", "kube-public"];

    public JsonObject Admit(RequestInfo info, UserInfo user, JsonObject obj, JsonObject? old)
    {
        if (info is { Verb: "delete", Resource: "namespaces", Group: "" } && Protected.Contains(info.Name))
        {
            throw ApiError.Forbidden("", "namespaces", info.Name, "this namespace may not be deleted");
        }

        if (old is null && info.Namespace.Length > 0 && info.Resource != "namespaces" && info.Verb is "create" or "patch")
        {
            CheckNamespace(info, obj);
        }

        return obj;
    }

    private void CheckNamespace(RequestInfo info, JsonObject obj)
    {
        var namespaces = state.Types.Get("", "namespaces");
        var found = state.Store.TryGet(namespaces, "", info.Namespace) ?? throw ApiError.NotFound(namespaces, info.Namespace);
        if (!found.IsDeleting)
        {
            return;
        }

        var name = obj.Text("metadata", "name") ?? "";
        var refusal = ApiError.Forbidden(info.Group, info.Resource, name, $"unable to create new content in namespace {info.Namespace} because it is being terminated");
        refusal.Details!["causes"] = new JsonArray(new JsonObject
        {
            ["reason"] = "NamespaceTerminating",
            ["message"] = $"namespace {info.Namespace} is being terminated",
            ["field"] = "metadata.namespace",
        });
        throw refusal;
    }
}
