using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Resources.Discovery;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>What the resource of a question is for the server: by the words as they stand, <c>deployments</c> would be asked for in the core group.</summary>
/// <param name="Question">The question, its resource with the group that it is in.</param>
/// <param name="Version">The version in which the server has it; null where that is not known.</param>
/// <param name="Known">Whether the server has it; null where that was not looked up.</param>
internal sealed record QuestionResource(AccessQuestion Question, string? Version, bool? Known)
{
    // Every server has these, and in this version: they need no asking.
    private static readonly string[] InNamespaces =
    [
        "pods", "services", "endpoints", "configmaps", "secrets", "serviceaccounts", "events", "persistentvolumeclaims", "replicationcontrollers",
        "resourcequotas", "limitranges", "podtemplates",
    ];

    private static readonly string[] InCluster = ["nodes", "namespaces", "persistentvolumes"];

    /// <summary>Asks the server with the token itself; never fails.</summary>
    internal static async Task<QuestionResource> AskAsync(AccessQuestion question, DiagnosticHttpClient client, string? token, CancellationToken deadline)
    {
        var name = ResourceName.Parse(question.Resource);
        if (name.Group.Length == 0 && (InNamespaces.Contains(name.Resource) || InCluster.Contains(name.Resource)))
        {
            return new QuestionResource(InCluster.Contains(name.Resource) ? question with { Namespace = null } : question, "v1", true);
        }

        if (token is null)
        {
            return new QuestionResource(question, null, null);
        }

        try
        {
            var argument = ResourceArgument.Parse(question.Resource);
            var catalog = await DiscoveryReader.ReadAsync(FetchAsync).ConfigureAwait(false);
            return Of(question, argument, new ResourceLookup(catalog.Find(argument), catalog.Problem));
        }
        catch (KubeApiException)
        {
            // Then the request itself tells what is wrong.
            return new QuestionResource(question, null, null);
        }

        async Task<JsonElement> FetchAsync(string path, string accept)
        {
            var exchange = await client.SendAsync(HttpMethod.Get, $"/{path}", token, body: null, deadline, accept).ConfigureAwait(false);
            return exchange is { Succeeded: true, Body: { } body }
                ? body
                : throw new KubeApiException(FailureKind.ServerError, $"/{path} gives {exchange.Evidence.Status?.ToString() ?? exchange.Evidence.Error}.");
        }
    }

    /// <summary>The same by an administrator, for evidence in which it was not looked up.</summary>
    internal static async Task<AccessEvidence> AddAsync(AccessEvidence evidence, IKubeApi administrator, CallContext call)
    {
        if (evidence.ResourceKnown is not null)
        {
            return evidence;
        }

        var argument = ResourceArgument.Parse(evidence.Question.Resource);
        var found = Of(evidence.Question, argument, await administrator.FindResourceAsync(argument, call).ConfigureAwait(false));
        return evidence with { Question = found.Question, ResourceKnown = found.Known };
    }

    private static QuestionResource Of(AccessQuestion question, ResourceArgument argument, ResourceLookup lookup) => lookup.Resource is { } resource
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
