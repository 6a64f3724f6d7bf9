using KubeSa.Tests.Wire;

namespace KubeSa.Tests.Faults;

/// <summary>A server with one fault, and a mount from which a pod would go to it.</summary>
internal sealed class FaultyCluster : IAsyncDisposable
{
    /// <summary>The part of the token that makes it a credential.</summary>
    internal const string Signature = "c2lnbmF0dXJlLW5ldmVyLXRvLWJlLXNlZW4";

    // RS256 makes 256 bytes or more, and a token with fewer would be called cut short.
    private static readonly string LongEnough = new('A', 342 - Signature.Length);

    // {"alg":"RS256"} . {"sub":"system:serviceaccount:team-a:builder", "kubernetes.io": {...}}
    private static readonly string Token =
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6dGVhbS1hOmJ1aWxkZXIiLCJrdWJlcm5ldGVzLmlvIjp7Im5hbWVzcGFjZSI6InRlYW0tYSIsInNlcnZpY2VhY2NvdW50Ijp7Im5hbWUiOiJidWlsZGVyIiwidWlkIjoidTEifX19."
        + Signature + LongEnough;

    private readonly WireCluster _wire;

    private FaultyCluster(WireCluster wire)
    {
        _wire = wire;
        TokenFile = wire.Write("token", Token);
        MountPath = Path.GetDirectoryName(TokenFile)!;
        wire.Write("namespace", "team-a");
        wire.Write("kubernetes.env", $"KUBERNETES_SERVICE_HOST=127.0.0.1\nKUBERNETES_SERVICE_PORT={wire.Server.Port}\n");
    }

    internal WireServer Server => _wire.Server;

    internal KubeSa.Api.ConnectionOptions Options => _wire.Options;

    internal string TokenFile { get; }

    internal string MountPath { get; }

    internal static async Task<FaultyCluster> StartAsync(string fault)
    {
        using var impostor = new TestAuthority();
        var wire = new WireCluster(_ => Answer(fault), authority => fault switch
        {
            "another name" => authority.IssueServer("other.example"),
            "unknown authority" => impostor.IssueServer(),
            "expired" => authority.IssueServer(until: DateTimeOffset.UtcNow.AddDays(-2)),
            _ => authority.IssueServer(),
        });
        var cluster = new FaultyCluster(wire);
        if (fault == "refused")
        {
            await wire.Server.DisposeAsync();
        }

        return cluster;
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    private static WireReply Answer(string fault) => fault switch
    {
        "stall" => WireReply.Account("team-a", "builder") with { Fault = WireFault.StallBeforeAnswer },
        "stall in the body" => WireReply.Account("team-a", "builder") with { Fault = WireFault.StallInBody },
        "closed" => WireReply.Account("team-a", "builder") with { Fault = WireFault.CloseBeforeAnswer },
        "closed in the body" => WireReply.Account("team-a", "builder") with { Fault = WireFault.CloseInBody },
        "truncated JSON" => WireReply.Ok("""{"kind":"ServiceAcc"""),
        "HTML" => new WireReply(200, "<html>please log in</html>", "text/html"),
        "redirect" => new WireReply(302, "") { Headers = [("Location", "https://login.example/")] },
        "401" => WireReply.Failure(401, "Unauthorized", "Unauthorized"),
        "403" => WireReply.Failure(403, "Forbidden", "forbidden: User \"system:serviceaccount:team-a:builder\" cannot do that"),
        "429" => new WireReply(429, "Too many requests, please try again later.\n", "text/plain") { Headers = [("Retry-After", "1")] },
        "500" => WireReply.Failure(500, "InternalError", "an error on the server"),
        "502 in HTML" => new WireReply(502, "<html>bad gateway</html>", "text/html"),
        "503" => new WireReply(503, "no server is ready", "text/plain"),
        "504 without a kind" => new WireReply(504, """{"metadata":{},"status":"Failure","reason":"Timeout","details":{},"code":504}""", "text/plain"),
        _ => WireReply.Account("team-a", "builder"),
    };
}
