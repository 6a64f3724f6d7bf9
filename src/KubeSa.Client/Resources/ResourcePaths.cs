using System.Globalization;
using System.Text;
using KubeSa.Api;

namespace KubeSa.Client.Resources;

/// <summary>Where the API has the objects of a resource (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris).</summary>
internal static class ResourcePaths
{
    /// <summary>The path of all objects of a namespace, or of the cluster, from the slash on.</summary>
    internal static string Collection(ApiResource resource, string? @namespace)
    {
        if (!resource.Namespaced || @namespace is null)
        {
            return $"/{resource.ApiPath}/{resource.Name}";
        }

        KubeName.RequireNamespace(@namespace);
        return $"/{resource.ApiPath}/namespaces/{@namespace}/{resource.Name}";
    }

    /// <summary>The path of one object.</summary>
    internal static string Object(ApiResource resource, string? @namespace, string name)
    {
        ResourceNames.Require(resource, name, @namespace);
        return $"{Collection(resource, @namespace)}/{Uri.EscapeDataString(name)}";
    }

    /// <summary>Adds what is asked with a path, escaped; what has no value is left out.</summary>
    internal static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(path);
        var mark = '?';
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(CultureInfo.InvariantCulture, $"{mark}{name}={Uri.EscapeDataString(value)}");
                mark = '&';
            }
        }

        return text.ToString();
    }
}
