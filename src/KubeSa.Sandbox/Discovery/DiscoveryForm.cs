using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Discovery;

/// <summary>How much discovery says at once: one document a version, or all resources of all groups.</summary>
internal enum DiscoveryForm
{
    Plain,
    Aggregated,
}

internal static class DiscoveryForms
{
    /// <summary>What aggregated discovery is asked for and sent as; the older v2beta1 is served by neither release.</summary>
    public const string AggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private const string PlainTypes = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <summary>The first form the client takes; throws 406 when it takes none. Only the roots, /api and /apis, have an aggregated one.</summary>
    public static DiscoveryForm Of(ApiRequest request, bool isRoot)
    {
        var header = request.Http.Request.Headers.Accept.ToString();
        if (header.Length == 0)
        {
            return DiscoveryForm.Plain;
        }

        foreach (var clause in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("*/*" or "application/*" or "application/json" or "application/yaml"))
            {
                continue;
            }

            if (!parts.Any(p => p.StartsWith("as=", StringComparison.Ordinal)))
            {
                return DiscoveryForm.Plain;
            }

            if (isRoot && !request.State.ServerVersion.IsLegacy && AggregatedType.Split(';')[1..].All(parts.Contains))
            {
                return DiscoveryForm.Aggregated;
            }
        }

        throw new ApiError(406, "NotAcceptable", $"only the following media types are accepted: {PlainTypes}");
    }
}
