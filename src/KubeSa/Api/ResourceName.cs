namespace KubeSa.Api;

/// <summary>A resource as people name it: <c>pods</c>, <c>deployments.apps</c>, <c>pods/log</c>.</summary>
internal sealed record ResourceName(string Resource, string Group, string? Subresource)
{
    internal static ResourceName Parse(string text)
    {
        var slash = text.Split('/', 2);
        var dot = slash[0].Split('.', 2);
        return new ResourceName(dot[0], dot.Length > 1 ? dot[1] : string.Empty, slash.Length > 1 ? slash[1] : null);
    }

    /// <summary>The question whether somebody may do something with it.</summary>
    internal static AccessRequest Request(AccessQuestion question)
    {
        var name = Parse(question.Resource);
        return new AccessRequest(question.Verb) { Group = name.Group, Resource = name.Resource, Subresource = name.Subresource, Namespace = question.Namespace };
    }
}
