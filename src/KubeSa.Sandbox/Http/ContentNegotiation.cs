using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Http;

/// <summary>What an object is turned into before it is written.</summary>
internal enum Transform
{
    None,
    Table,
    PartialMetadata,
}

/// <summary>What the client takes, by its Accept header, and the first of it that the sandbox speaks.</summary>
internal sealed class ContentNegotiation
{
    private static readonly string[] Spoken = ["application/json", "application/yaml"];

    private ContentNegotiation(bool isSpoken, bool isYaml, Transform transform, string transformVersion, bool isPretty)
    {
        IsSpoken = isSpoken;
        IsYaml = isYaml;
        Transform = transform;
        TransformVersion = transformVersion;
        IsPretty = isPretty;
    }

    /// <summary>Whether there is anything in common at all; if not, errors still go out as JSON.</summary>
    public bool IsSpoken { get; }
    public bool IsYaml { get; }
    public Transform Transform { get; }

    /// <summary>v1 or v1beta1 of meta.k8s.io.</summary>
    public string TransformVersion { get; }
    public bool IsPretty { get; }

    public static ContentNegotiation Of(HttpRequest request)
    {
        var isPretty = IsForPeople(request);
        var header = request.Headers.Accept.ToString();
        if (header.Length == 0)
        {
            return new ContentNegotiation(true, false, Transform.None, "", isPretty);
        }

        foreach (var clause in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            var type = parts[0] is "*/*" or "application/*" ? "application/json" : parts[0];
            var parameters = parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);
            if (Spoken.Contains(type) && TransformOf(parameters) is { } transform)
            {
                return new ContentNegotiation(true, type == "application/yaml", transform, parameters.GetValueOrDefault("v", ""), isPretty);
            }
        }

        return new ContentNegotiation(false, false, Transform.None, "", isPretty);
    }

    // Null: a transform the sandbox does not know, so that the next clause gets its turn.
    private static Transform? TransformOf(Dictionary<string, string> parameters)
    {
        if (!parameters.TryGetValue("as", out var name))
        {
            return Transform.None;
        }

        return (parameters.GetValueOrDefault("g"), name) switch
        {
            ("meta.k8s.io", "Table") => Transform.Table,
            ("meta.k8s.io", "PartialObjectMetadata" or "PartialObjectMetadataList") => Transform.PartialMetadata,
            _ => null,
        };
    }

    private static bool IsForPeople(HttpRequest request)
    {
        var pretty = request.Query["pretty"].ToString();
        if (pretty.Length > 0)
        {
            return RequestInfo.IsTrue(pretty);
        }

        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal)
            || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }

    /// <summary>The bytes and the content type of an answer in the accepted form.</summary>
    public (byte[] Body, string ContentType) Encode(JsonNode node) =>
        IsYaml ? (System.Text.Encoding.UTF8.GetBytes(Decoding.Yaml.Write(node)), "application/yaml")
        : IsPretty ? (Json.ToPrettyUtf8(node), "application/json")
        : ([.. Json.ToUtf8(node), (byte)'\n'], "application/json");
}
