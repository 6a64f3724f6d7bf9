using KubeSa.Api;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Objects other than Secrets that hold a service-account token where its meaning is certain, read as the Secret that they
/// stand for: the answer to kubectl create token, a credential plugin's, the data of a Secret alone, a kubeconfig.
/// </summary>
internal static class CredentialForms
{
    private static readonly HashSet<string> DataKeys = ["token", "ca.crt", "namespace", "service-ca.crt"];

    /// <summary>The Secrets that an object stands for; null where it is none of these forms.</summary>
    internal static IEnumerable<SecretDocument>? Read(IReadOnlyDictionary<string, object?> fields) => fields.GetValueOrDefault("kind") switch
    {
        "TokenRequest" or "ExecCredential" => [FromStatus(fields)],
        "Config" when fields.ContainsKey("users") => FromKubeConfig(fields),
        null when fields.ContainsKey("token") && fields.Keys.All(DataKeys.Contains) => [FromData(fields)],
        _ => null,
    };

    /// <summary>A token alone, as the Secret that would hold it.</summary>
    internal static SecretDocument FromToken(string token, string? @namespace = null, string? account = null, string? authority = null) => new()
    {
        Kind = "Secret",
        Type = SecretDocument.TokenType,
        Namespace = @namespace,
        Annotations = account is null ? new Dictionary<string, string>() : new() { [SecretDocument.AccountAnnotation] = account },
        StringData = new Dictionary<string, string> { ["token"] = token },
        Data = authority is null ? new Dictionary<string, string>() : new() { ["ca.crt"] = authority },
    };

    private static SecretDocument FromStatus(IReadOnlyDictionary<string, object?> fields)
    {
        var metadata = fields.GetValueOrDefault("metadata") as IReadOnlyDictionary<string, object?>;
        return Text(fields.GetValueOrDefault("status"), "token") is { } token
            ? FromToken(token, Text(metadata, "namespace"), Text(metadata, "name"))
            : Nothing($"The {fields["kind"]} holds no token in status.token: it is the question and not the answer.");
    }

    private static SecretDocument FromData(IReadOnlyDictionary<string, object?> fields)
    {
        var texts = fields.ToDictionary(field => field.Key, field => field.Value as string ?? string.Empty);

        // What a template or jq has decoded is in plain text, and base64 has no dot.
        return new SecretDocument
        {
            Kind = "Secret",
            Type = SecretDocument.TokenType,
            StringData = texts.Where(text => TokenTexts.IsToken(text.Value) || text.Value.StartsWith("-----BEGIN", StringComparison.Ordinal)).ToDictionary(),
            Data = texts,
        };
    }

    private static List<SecretDocument> FromKubeConfig(IReadOnlyDictionary<string, object?> fields)
    {
        var users = Named(fields, "users", "user").Where(user => Text(user.Value, "token") is { Length: > 0 }).ToList();
        if (users.Count == 0)
        {
            return [Nothing("The kubeconfig holds no token: its users authenticate in other ways, which Get-KubeContext tells (AuthKind).")];
        }

        var clusters = Named(fields, "clusters", "cluster").ToDictionary(cluster => cluster.Key, cluster => Text(cluster.Value, "certificate-authority-data"));
        var contexts = Named(fields, "contexts", "context").Select(context => context.Value).ToList();
        return
        [
            .. users.Select(user =>
            {
                var context = contexts.Find(context => Text(context, "user") == user.Key);
                return FromToken(
                    Text(user.Value, "token")!, authority: Text(context, "cluster") is { } cluster ? clusters.GetValueOrDefault(cluster) : null);
            }),
        ];
    }

    private static IEnumerable<KeyValuePair<string, object?>> Named(IReadOnlyDictionary<string, object?> fields, string list, string part) =>
        (fields.GetValueOrDefault(list) as IReadOnlyList<object?> ?? [])
            .OfType<IReadOnlyDictionary<string, object?>>()
            .DistinctBy(entry => Text(entry, "name"))
            .Select(entry => KeyValuePair.Create(Text(entry, "name") ?? string.Empty, entry.GetValueOrDefault(part)));

    private static string? Text(object? node, string name) =>
        (node as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(name) as string;

    private static SecretDocument Nothing(string message) => new() { Problem = new KubeApiException(FailureKind.InvalidToken, message) };
}
