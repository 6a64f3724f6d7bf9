using KubeSa.Api;

namespace KubeSa.Rbac;

/// <summary>The verbs that an API server knows, and the words of roles that stand for no resource of its own.</summary>
internal static class RbacVerbs
{
    private static readonly string[] OfResources =
    [
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection",
        "use", "bind", "escalate", "impersonate", "approve", "sign", "attest", "*",
    ];

    private static readonly string[] OfPaths = ["get", "put", "post", "head", "options", "delete", "patch", "*"];

    // Whom one may impersonate, and for whom certificates may be signed.
    private static readonly string[] OnlyInRoles = ["users", "groups", "uids", "userextras", "signers"];

    /// <summary>What to say of a verb that no server knows, as kubectl says it, and what may be meant; null where it is known.</summary>
    internal static string? WarningForResource(string verb, ApiResource? resource) => OfResources.Contains(verb)
        ? null
        : Unknown(verb) + (resource?.Subresources.Contains(verb) == true
            ? $": {verb} is a subresource. Ask for {resource.FullName}/{verb} with the verb {(verb == "log" ? "get" : "create")}."
            : ".");

    /// <summary>The same of the verb of a path.</summary>
    internal static string? WarningForPath(string verb) => OfPaths.Contains(verb) ? null : Unknown(verb) + " of a path.";

    /// <summary>Whether roles may name it although no server has it as a resource.</summary>
    internal static bool IsKnownOnlyToRoles(ResourceArgument argument) => OnlyInRoles.Contains(argument.Name);

    private static string Unknown(string verb) => $"verb '{verb}' is not a known verb";
}
