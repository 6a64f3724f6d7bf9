namespace KubeSa.Api;

/// <summary>What the resource of a question is for the server: by the words as they stand, <c>deployments</c> would be asked for in the core group.</summary>
/// <param name="Question">The question, its resource with the group that it is in.</param>
/// <param name="Version">The version in which the server has it; null where that is not known.</param>
/// <param name="Known">Whether the server has it; null where that was not looked up.</param>
internal sealed record QuestionResource(AccessQuestion Question, string? Version, bool? Known)
{
    internal static QuestionResource Of(AccessQuestion question, ResourceArgument argument, ResourceLookup lookup) => lookup.Resource is { } resource
        ? new QuestionResource(
            question with
            {
                Resource = argument.Rest is { } rest ? $"{resource.FullName}/{rest}" : resource.FullName,
                Namespace = resource.Namespaced ? question.Namespace : null,
            },
            resource.Version,
            true)
        : new QuestionResource(question, null, lookup.Exists);
}
