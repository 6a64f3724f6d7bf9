using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>What is sent to ask for a resource that somebody named.</summary>
internal static class ResourceRequests
{
    internal static string ListPath(this ResourceName name, string version, string? @namespace) =>
        (name.Group.Length == 0 ? "/api/v1" : $"/apis/{Uri.EscapeDataString(name.Group)}/{Uri.EscapeDataString(version)}")
        + (@namespace is null ? string.Empty : $"/namespaces/{Uri.EscapeDataString(@namespace)}")
        + $"/{Uri.EscapeDataString(name.Resource)}";

    /// <summary>The body of a SelfSubjectAccessReview.</summary>
    internal static string ReviewBody(this ResourceName name, string verb, string? @namespace) => JsonSerializer.Serialize(new
    {
        apiVersion = "authorization.k8s.io/v1",
        kind = "SelfSubjectAccessReview",
        spec = new
        {
            resourceAttributes = new
            {
                verb,
                resource = name.Resource,
                group = name.Group,
                subresource = name.Subresource ?? string.Empty,
                @namespace = @namespace ?? string.Empty,
            },
        },
    });
}
