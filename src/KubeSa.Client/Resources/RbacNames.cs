using KubeSa.Api;

namespace KubeSa.Client.Resources;

/// <summary>What roles and bindings are called: their group, and which names they may have.</summary>
internal static class RbacNames
{
    internal const string Group = "rbac.authorization.k8s.io";

    internal static void Require(string? @namespace, string kind, string name)
    {
        if (@namespace is not null)
        {
            KubeName.RequireNamespace(@namespace);
        }

        KubeName.RequirePathSegment(kind, name);
    }
}
