using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Tests.Wire;

namespace KubeSa.Tests.Secrecy;

/// <summary>
/// A server that gives back the credentials that it was shown, in every disguise, in one field of its answers: as a broken
/// server, a debugging proxy or an attacker might.
/// </summary>
internal sealed class EchoServer : IAsyncDisposable
{
    /// <summary>Where it writes them.</summary>
    internal static readonly IReadOnlyList<string> Fields =
    [
        "a good answer with a warning", "a 403", "a 404", "a 404 of a namespace", "a 400", "a 422", "a 409", "a 401", "a 502", "text of a 502", "text of a 400", "HTML",
    ];

    // An account's token that another key signed, to be given out; the test looks for what was shown, not for this.
    internal const string Fresh = "eyJmcmVzaCI6MX0.eyJmcmVzaCI6Mn0.ZnJlc2gtc2lnbmF0dXJlLWZyZXNo";

    private readonly WireCluster _cluster;
    private readonly string _log;

    /// <param name="log">The log of a probe's pod: evidence, in which every word of a server is what the pod was shown.</param>
    internal EchoServer(Func<string, string> log)
    {
        _cluster = new WireCluster(Answer);
        _log = log("ECHO");
    }

    internal string Field { get; set; } = Fields[0];

    /// <summary>How often a credential was given back.</summary>
    internal int Echoes { get; private set; }

    internal string Url => _cluster.Server.Url;

    internal string CaFile => _cluster.Options.CertificateAuthority!;

    internal string Folder => Path.GetDirectoryName(CaFile)!;

    internal string Write(string name, string text) => _cluster.Write(name, text);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private WireReply Answer(WireRequest request)
    {
        // What is under test counts as well as what proves who asks.
        var shown = request.Header("Authorization")?.Split(' ', 2)[^1] ?? TokenIn(request.Body) ?? _lastShown;
        if (shown is null)
        {
            return Good(request, string.Empty);
        }

        _lastShown = shown;
        Echoes++;
        var echo = string.Join(' ', Disguises.All.Values.Select(disguise => disguise(shown)));
        var json = JsonSerializer.Serialize(echo)[1..^1];
        return Field switch
        {
            "a 403" => Failure(403, json, $"forbidden: User \\\"{json}\\\" cannot do that"),
            "a 404" => Failure(404, "NotFound", json, $$"""{"kind":"{{KindOf(request)}} {{json}}","name":"{{json}}"}"""),
            "a 404 of a namespace" => Failure(404, "NotFound", "not found", $$"""{"kind":"namespaces","name":"{{json}}"}"""),
            "a 400" => Failure(400, "BadRequest", json),
            "a 422" => Failure(422, "Invalid", "no", $$"""{"causes":[{"field":"{{json}}","message":"{{json}}"}]}"""),
            "a 409" => Failure(409, "Conflict", json),
            "a 401" => Failure(401, json, json),
            "a 502" => Failure(502, json, json),
            "text of a 502" => new WireReply(502, echo, "text/plain"),
            "text of a 400" => new WireReply(400, echo, "text/plain"),
            "HTML" => new WireReply(502, $"<html>{echo}</html>", "text/html"),
            _ => Good(request, json) with { Headers = [("Warning", $"299 - \"{Ascii(json)}\"")] },
        };
    }

    private string? _lastShown;

    private static WireReply Failure(int code, string reason, string message, string details = "{}") => new(
        code, $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{message}}","reason":"{{reason}}","details":{{details}},"code":{{code}}}""");

    // A header has no place for others.
    private static string Ascii(string text) => new([.. text.Where(c => c is >= ' ' and <= '~' and not '"' and not '\\')]);

    private static string? TokenIn(string body) =>
        body.StartsWith('{') && JsonNode.Parse(body)?["spec"] is JsonObject spec && spec["token"] is { } token ? token.GetValue<string>() : null;

    private static string KindOf(WireRequest request) => request.Path.Split('?')[0].Split('/').FirstOrDefault(part => part.EndsWith('s') && part is not "apis" and not "namespaces") ?? "pods";

    /// <summary>An answer as it should be, with the text wherever a server may write what it likes.</summary>
    private WireReply Good(WireRequest request, string echo)
    {
        var path = request.Path.Split('?')[0];
        var last = path.Split('/')[^1];
        return WireReply.Ok(path switch
        {
            "/version" => $$"""{"major":"1","minor":"36","gitVersion":"v1.36.0 {{echo}}"}""",
            "/openid/v1/jwks" => $$"""{"keys":[{"kty":"RSA","kid":"{{echo}}","alg":"RS256","use":"sig","n":"{{new string('A', 342)}}","e":"AQAB"}]}""",
            "/.well-known/openid-configuration" => $$"""{"issuer":"https://{{echo}}"}""",
            "/api" => """{"kind":"APIVersions","versions":["v1"]}""",
            "/apis" => """{"kind":"APIGroupList","groups":[]}""",
            "/api/v1" => $$"""{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["list"],"shortNames":["{{echo}}"]}]}""",
            _ when last == "token" => $$$"""{"kind":"TokenRequest","status":{"token":"{{{Fresh}}}","expirationTimestamp":"2099-01-01T00:00:00Z"}}""",
            _ when last == "selfsubjectreviews" => $$"""{"kind":"SelfSubjectReview","status":{"userInfo":{"username":"user {{echo}}","uid":"{{echo}}","groups":["{{echo}}"],"extra":{"{{echo}}":["{{echo}}"]} } } }""",
            _ when last == "selfsubjectrulesreviews" => $$"""{"kind":"SelfSubjectRulesReview","status":{"resourceRules":[{"verbs":["{{echo}}"],"apiGroups":["{{echo}}"],"resources":["{{echo}}"]}],"nonResourceRules":[],"incomplete":true,"evaluationError":"{{echo}}"} }""",
            _ when last == "tokenreviews" => $$$"""{"kind":"TokenReview","status":{"authenticated":false,"error":"no: {{{echo}}}","user":{"username":"{{{echo}}}"},"audiences":["{{{echo}}}"]}}""",
            _ when last.EndsWith("accessreviews", StringComparison.Ordinal) => $$"""{"kind":"SubjectAccessReview","status":{"allowed":true,"reason":"{{echo}}","evaluationError":"{{echo}}"} }""",
            _ when last == "log" => _log.Replace("ECHO", echo, StringComparison.Ordinal),
            _ when request.Method is "POST" => Created(request.Body),
            _ when request.Method is "DELETE" => $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","message":"{{echo}}"}""",
            _ when last.EndsWith('s') && last is not "probes" => List(last, echo),
            _ => Item(path.Split('/')[^2], last, echo),
        });
    }

    private static string Created(string body)
    {
        var made = JsonNode.Parse(body)!;
        var metadata = made["metadata"]!.AsObject();
        metadata["name"] ??= "made-1";
        metadata["namespace"] ??= "team-a";
        metadata["uid"] = "u-1";
        metadata["resourceVersion"] = "7";
        metadata["creationTimestamp"] = "2026-01-02T03:04:05Z";
        if (made["type"]?.GetValue<string>() == "kubernetes.io/service-account-token")
        {
            made["data"] = JsonNode.Parse(Data());
        }

        return made.ToJsonString();
    }

    private static string List(string resource, string echo) => $$"""
        {"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[{{Item(resource, resource == "namespaces" ? "team-a" : "web", echo)}}]}
        """;

    private static string Item(string resource, string name, string echo) => $$"""
        {"metadata":{"name":"{{name}}","namespace":"team-a","uid":"u-{{name}}","resourceVersion":"7","creationTimestamp":"2026-01-02T03:04:05Z","labels":{"l{{echo}}":"{{echo}}"},
        "annotations":{"a{{echo}}":"{{echo}}","kubernetes.io/service-account.name":"web","kubernetes.io/service-account.uid":"u-web"} }{{Rest(resource, echo)}}}
        """;

    private static string Rest(string resource, string echo) => resource switch
    {
        "secrets" => $$""","type":"kubernetes.io/service-account-token","data":{{Data()}}""",
        "events" => $$""","type":"Warning","reason":"{{echo}}","message":"{{echo}}","source":{"component":"{{echo}}"},"involvedObject":{}""",
        "pods" => $$""","spec":{"serviceAccountName":"web","containers":[]},"status":{"phase":"Failed","reason":"{{echo}}","message":"{{echo}}","containerStatuses":[{"name":"probe","image":"i","imageID":"","ready":false,"restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed","message":"{{echo}}"} } }]}""",
        "deployments" => $$""","spec":{"selector":{},"template":{"spec":{"serviceAccountName":"old","containers":[]} } },"status":{"conditions":[{"type":"ReplicaFailure","status":"True","message":"{{echo}}"}]}""",
        "roles" or "clusterroles" => ""","rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}]""",
        "rolebindings" or "clusterrolebindings" =>
            ""","roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},"subjects":[{"kind":"ServiceAccount","namespace":"team-a","name":"web"}]""",
        _ => string.Empty,
    };

    private static string Data() =>
        $$"""{"token":"{{Convert.ToBase64String(Encoding.ASCII.GetBytes(Fresh))}}","namespace":"{{Convert.ToBase64String("team-a"u8)}}","ca.crt":""}""";
}
