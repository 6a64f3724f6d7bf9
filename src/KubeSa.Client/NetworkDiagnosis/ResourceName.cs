using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>A resource as people name it: <c>pods</c>, <c>deployments.apps</c>, <c>pods/log</c>.</summary>
internal sealed record ResourceName(string Resource, string Group, string? Subresource)
{
    internal static ResourceName Parse(string text)
    {
        var slash = text.Split('/', 2);
        var dot = slash[0].Split('.', 2);
        return new ResourceName(dot[0], dot.Length > 1 ? dot[1] : string.Empty, slash.Length > 1 ? slash[1] : null);
    }

    internal string ListPath(string version, string? @namespace) =>
        (Group.Length == 0 ? "/api/v1" : $"/apis/{Uri.EscapeDataString(Group)}/{Uri.EscapeDataString(version)}")
        + (@namespace is null ? string.Empty : $"/namespaces/{Uri.EscapeDataString(@namespace)}")
        + $"/{Uri.EscapeDataString(Resource)}";

    /// <summary>The question whether somebody may do something with it.</summary>
    internal static AccessRequest Request(AccessQuestion question)
    {
        var name = Parse(question.Resource);
        return new AccessRequest(question.Verb) { Group = name.Group, Resource = name.Resource, Subresource = name.Subresource, Namespace = question.Namespace };
    }

    /// <summary>The body of a SelfSubjectAccessReview.</summary>
    internal string ReviewBody(string verb, string? @namespace) => JsonSerializer.Serialize(new
    {
        apiVersion = "authorization.k8s.io/v1",
        kind = "SelfSubjectAccessReview",
        spec = new
        {
            resourceAttributes = new
            {
                verb,
                resource = Resource,
                group = Group,
                subresource = Subresource ?? string.Empty,
                @namespace = @namespace ?? string.Empty,
            },
        },
    });
}
