using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Resources.Discovery;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>Asks the server, with the token itself, for the resource that a question names.</summary>
internal static class QuestionResolver
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
            return QuestionResource.Of(question, argument, new ResourceLookup(catalog.Find(argument), catalog.Problem));
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
}
