namespace KubeSa.Api;

/// <summary>Which names the objects of a resource may have.</summary>
public static class ResourceNames
{
    /// <summary>
    /// Throws InvalidName unless an object of the resource may bear the name. Almost all are DNS subdomains; those of roles,
    /// bindings and IP addresses need only be fit for a path.
    /// </summary>
    public static void Require(ApiResource resource, string name, string? @namespace = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource is { Group: "rbac.authorization.k8s.io" } or { Group: "networking.k8s.io", Name: "ipaddresses" } or { Group: "certificates.k8s.io" })
        {
            KubeName.RequirePathSegment(Noun(resource), name);
        }
        else
        {
            KubeName.RequireName(Noun(resource), name, resource.Namespaced ? @namespace : null);
        }
    }

    /// <summary>The id of the error that an object of the resource is not there.</summary>
    /// <param name="fullName">The resource in the plural with its group, as in <c>deployments.apps</c>.</param>
    public static FailureKind MissingKind(string fullName) => fullName switch
    {
        "serviceaccounts" or "serviceaccounts/token" => FailureKind.ServiceAccountNotFound,
        "secrets" => FailureKind.SecretNotFound,
        "namespaces" => FailureKind.NamespaceNotFound,
        _ when fullName == "replicationcontrollers" || fullName.EndsWith(".apps", StringComparison.Ordinal) || fullName.EndsWith(".batch", StringComparison.Ordinal) => FailureKind.WorkloadNotFound,
        _ => FailureKind.NotFound,
    };

    /// <summary>What people call one object of the resource in a sentence.</summary>
    public static string Noun(ApiResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.FullName switch
        {
            "serviceaccounts" => "service account",
            "secrets" => "Secret",
            "configmaps" => "ConfigMap",
            _ when resource.SingularName.Length > 0 => resource.SingularName,
            _ => resource.Kind.Length > 0 ? resource.Kind : resource.Name,
        };
    }
}
