using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>What discovery found for the name of a resource, as an answer or as an error that says what is wrong.</summary>
internal static class FoundResource
{
    /// <summary>The resource that a name stands for; NotFound where the server has none such.</summary>
    internal static ApiResource Of(ResourceArgument argument, ResourceLookup lookup) => lookup switch
    {
        { Resource: { } resource } => resource,
        { Failure: { } failure } => throw failure,
        { Problem: { } problem } => throw new KubeApiException(
            FailureKind.ServerError, $"Whether the server has a resource '{argument.FullName}' could not be looked up completely. {problem}", argument.FullName),
        _ => throw new KubeApiException(
            FailureKind.NotFound,
            $"The server does not have a resource type '{argument.FullName}'. Its CustomResourceDefinition may not be installed, or the name may be misspelt.",
            argument.FullName),
    };
}
