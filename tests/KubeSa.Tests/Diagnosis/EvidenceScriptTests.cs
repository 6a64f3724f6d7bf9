using System.Management.Automation.Language;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Diagnosis;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Secrecy;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>
/// The script that gathers evidence where the module is not, held against the gatherer that is in it: on the same mount
/// and the same server both must come to the same verdict.
/// </summary>
public sealed class EvidenceScriptTests : IDisposable
{
    private static readonly string Token = Jwts.Make(Jwts.Bound.Replace("\"warnafter\":1700003607", "\"warnafter\":4000000000", StringComparison.Ordinal),
        signature: Jwts.SignatureOfRightLength);

    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new("other-ca");
    private readonly string _mount = Directory.CreateTempSubdirectory("kubesa-").FullName;

    public EvidenceScriptTests()
    {
        Write("token", Token);
        Write("namespace", "shop");
        Write("ca.crt", _authority.Pem);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        Directory.Delete(_mount, recursive: true);
    }

    [Fact]
    public void Is_sound_and_holds_nothing_that_kubernetes_would_expand()
    {
        Parser.ParseInput(ScriptRun.Script, out _, out var errors);
        Assert.Empty(errors);
        Assert.DoesNotMatch(@"\$[$(]", ScriptRun.Script);
    }

    [Fact]
    public async Task Writes_nothing_of_the_token_into_the_log_whatever_the_server_says()
    {
        var echoes = Disguises.All.Values.ToArray();
        var turn = 0;
        await using var server = Serve(_ =>
        {
            // As many at once as a message holds, and the rest in the other fields of the other answers.
            var next = echoes.Skip(turn++ * 3 % echoes.Length).Take(3).Select(disguise => disguise(Token)[..Math.Min(300, disguise(Token).Length)]).ToArray();
            return WireReply.Failure(500, next[0], string.Join(' ', next));
        });
        foreach (var verb in (string[])["list", "get", "watch", "list", "get", "watch", "list"])
        {
            var log = await Task.Run(() => ScriptRun.Of(new AccessQuestion { MountPath = _mount, Verb = verb, Timeout = TimeSpan.FromSeconds(20) }), TestContext.Current.CancellationToken);
            Assert.Contains("[redacted]", log, StringComparison.Ordinal);
            Assert.DoesNotContain(Disguises.Pieces(Token), piece => log.Contains(piece, StringComparison.OrdinalIgnoreCase));
        }

        Assert.True(turn * 3 >= echoes.Length, "The server was asked too seldom to say all.");
    }

    [Theory]
    [InlineData("namespace", "other", AccessCause.NamespaceMismatch)]
    [InlineData("namespace", null, AccessCause.None)]
    [InlineData("token", null, AccessCause.TokenFileMissing)]
    [InlineData("token", " \n", AccessCause.TokenEmpty)]
    [InlineData("token", "garbage", AccessCause.TokenMalformed)]
    [InlineData("token", "a.b.c", AccessCause.TokenMalformed)]
    [InlineData("token", "e30.W10.c", AccessCause.TokenMalformed)]
    [InlineData("token", "e30.e30.c", AccessCause.None)]
    [InlineData("token", "\uFEFF \tBearer e30.e30.c\r\n", AccessCause.None)]
    [InlineData("token", "bearer\te30.e30.c", AccessCause.None)]
    [InlineData("token", "e30=.e30.c", AccessCause.TokenMalformed)]
    [InlineData("token", "e30.e30.c d", AccessCause.TokenMalformed)]
    [InlineData("token", "e30.e30.c%", AccessCause.TokenMalformed)]
    [InlineData("token", "e30.e30.ce30.e30.c", AccessCause.TokenMalformed)]
    [InlineData("token", "eyJlbmMiOiJhIn0.YQ.YQ.YQ.YQ", AccessCause.None)]
    [InlineData("ca.crt", null, AccessCause.CaFileMissing)]
    [InlineData("ca.crt", "", AccessCause.CaMalformed)]
    [InlineData("ca.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", AccessCause.CaMalformed)]
    [InlineData("kubernetes.env", null, AccessCause.EnvironmentInvalid)]
    [InlineData("kubernetes.env", "KUBERNETES_SERVICE_HOST=tcp://10.0.0.1\nKUBERNETES_SERVICE_PORT=443\n", AccessCause.EnvironmentInvalid)]
    [InlineData("kubernetes.env", "KUBERNETES_SERVICE_HOST=10.0.0.1\nKUBERNETES_SERVICE_PORT=0\n", AccessCause.EnvironmentInvalid)]
    [InlineData("kubernetes.env", "KUBERNETES_SERVICE_HOST=10.0.0.1\n", AccessCause.EnvironmentInvalid)]
    [InlineData("kubernetes.env", "KUBERNETES_SERVICE_HOST=no-such-host.invalid\nKUBERNETES_SERVICE_PORT=443\n", AccessCause.HostNotFound)]
    public async Task Sees_in_the_mount_what_the_gatherer_sees(string file, string? content, AccessCause cause)
    {
        await using var server = Serve(_ => Pods(14));
        Write(file, content);
        await AgreeAsync(cause);
    }

    [Fact]
    public async Task Sees_that_there_is_no_mount_at_all()
    {
        Directory.Delete(_mount, recursive: true);
        await AgreeAsync(AccessCause.NotInCluster);
        Directory.CreateDirectory(_mount);
        await AgreeAsync(AccessCause.NotInCluster);
    }

    [Fact]
    public async Task Sees_both_authorities_and_one_that_is_broken()
    {
        await using var server = Serve(_ => Pods(1));
        Write("ca.crt", $"{_other.Pem}\n# comment\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{_authority.Pem}");
        var (evidence, _) = await AgreeAsync(AccessCause.None);
        Assert.Equal((2, 1), (evidence.CertificateAuthority.Certificates.Count, evidence.CertificateAuthority.Broken));
    }

    [Theory]
    [InlineData("another CA", AccessCause.TlsUntrusted)]
    [InlineData("another name", AccessCause.TlsNameMismatch)]
    [InlineData("expired", AccessCause.TlsExpired)]
    [InlineData("expired, another name", AccessCause.TlsExpired)]
    public async Task Sees_what_is_wrong_with_a_certificate_and_sends_nothing(string what, AccessCause cause)
    {
        var certificate = what switch
        {
            "another CA" => _other.IssueServer(),
            "another name" => _authority.IssueServer("kubernetes.default"),
            "expired" => _authority.IssueServer(until: DateTimeOffset.UtcNow.AddMinutes(-1)),
            _ => _authority.IssueServer("kubernetes.default", DateTimeOffset.UtcNow.AddMinutes(-1)),
        };
        await using var server = WireServer.Tls(() => certificate, _ => Pods(1));
        Aim(server.Port);
        var (evidence, gathered) = await AgreeAsync(cause);
        Assert.Equal(gathered.Tls!.Certificate!.Names, evidence.Tls!.Certificate!.Names);
        Assert.Equal((gathered.Tls.Trusted, gathered.Tls.NameMatches, gathered.Tls.ValidNow), (evidence.Tls.Trusted, evidence.Tls.NameMatches, evidence.Tls.ValidNow));
        Assert.Equal(gathered.Tls.Certificate.Thumbprint, evidence.Tls.Certificate.Thumbprint);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(401, "Unauthorized", AccessCause.TokenRejected)]
    [InlineData(403, "User \"system:serviceaccount:shop:cart\" cannot list", AccessCause.Forbidden)]
    [InlineData(403, "User \"system:anonymous\" cannot list", AccessCause.Unknown)]
    [InlineData(429, "slow down", AccessCause.Throttled)]
    [InlineData(500, "etcd", AccessCause.ServerUnavailable)]
    public async Task Sees_how_the_server_refuses(int status, string message, AccessCause cause)
    {
        await using var server = Serve(_ => WireReply.Failure(status, "No", message) with { Headers = [("Retry-After", "3")] });
        var (evidence, gathered) = await AgreeAsync(cause);
        Assert.Equal(gathered.Request!.Answer with { Elapsed = default }, evidence.Request!.Answer with { Elapsed = default });
    }

    [Theory]
    [InlineData(401, """{"type":"error","status":"401","message":"must authenticate"}""", "application/json", AccessCause.TokenRejected, "must authenticate")]
    [InlineData(401, """{"error":"invalid_token","error_description":"The session has ended"}""", "application/json", AccessCause.TokenRejected, "The session has ended")]
    [InlineData(401, "<html><head><title>Sign in</title><style>x</style></head><body>Please &amp; sign in</body></html>", "text/html", AccessCause.TokenRejected, "Sign in Please & sign in")]
    [InlineData(403, "<html><body><h1>Blocked by the corporate proxy</h1></body></html>", "text/html", AccessCause.Forbidden, "Blocked by the corporate proxy")]
    [InlineData(403, "policy says no", "text/plain", AccessCause.Forbidden, "policy says no")]
    public async Task Calls_a_refusal_of_something_in_front_what_it_is_as_calls_do(int status, string body, string contentType, AccessCause cause, string words)
    {
        var certificate = _authority.IssueServer();
        await using var server = WireServer.Tls(() => certificate, _ => new WireReply(status, body, contentType));
        Aim(server.Port);
        var (evidence, gathered) = await AgreeAsync(cause);
        Assert.Equal((words, words), (gathered.Request!.Answer.Message, evidence.Request!.Answer.Message));
        var report = AccessJudge.Judge(evidence);
        Assert.Contains("Something in front of the API server", report.Summary, StringComparison.Ordinal);

        using var api = new KubeSa.Client.KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.Pod, MountPath = _mount });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.GetServiceAccountAsync("default", "x", CallContext.None with { Stop = TestContext.Current.CancellationToken }));
        Assert.Equal(cause == AccessCause.Forbidden ? FailureKind.Forbidden : FailureKind.Unauthorized, failure.Kind);
        Assert.Contains("Something in front of the API server", failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RS256", true)]
    [InlineData("PS512", true)]
    [InlineData("RS256", false)]
    public async Task Holds_a_refused_token_against_keys_that_the_server_shows(string algorithm, bool known)
    {
        using var mine = RSA.Create(2048);
        using var others = RSA.Create(2048);
        Write("token", Jwts.Sign(mine, algorithm, "k-1"));
        var numbers = (known ? mine : others).ExportParameters(includePrivateParameters: false);
        var jwks = $$"""{"keys":[{"kty":"RSA","kid":"k-1","n":"{{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(numbers.Modulus)}}","e":"{{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(numbers.Exponent)}}"}]}""";
        await using var server = Serve(request => request.Path == "/openid/v1/jwks" ? WireReply.Ok(jwks) : WireReply.Failure(401, "Unauthorized", "Unauthorized"));

        var (evidence, gathered) = await AgreeAsync(known ? AccessCause.TokenRejected : AccessCause.TokenMalformed);
        Assert.Equal(known, evidence.Keys!.Signature!.Verified);
        Assert.Equal(gathered.Keys!.Signature! with { ServerKeyIds = [] }, evidence.Keys.Signature with { ServerKeyIds = [] });
        Assert.Equal(gathered.Keys.Signature.ServerKeyIds, evidence.Keys.Signature.ServerKeyIds);
    }

    [Theory]
    [InlineData(200, "<html>Log in</html>", "text/html", AccessCause.NotKubernetes)]
    [InlineData(503, "<html>no server is available</html>", "text/html", AccessCause.ServerUnavailable)]
    [InlineData(200, "{\"kind\":", "application/json", AccessCause.NotKubernetes)]
    public async Task Sees_that_what_answers_is_no_api_server(int status, string body, string contentType, AccessCause cause)
    {
        var certificate = _authority.IssueServer();
        await using var server = WireServer.Tls(() => certificate, _ => new WireReply(status, body, contentType));
        Aim(server.Port);
        await AgreeAsync(cause);
    }

    [Theory]
    [InlineData(nameof(WireFault.StallBeforeAnswer), AccessCause.ConnectionTimedOut)]
    [InlineData(nameof(WireFault.StallInBody), AccessCause.ConnectionTimedOut)]
    [InlineData(nameof(WireFault.CloseBeforeAnswer), AccessCause.ConnectionReset)]
    [InlineData(nameof(WireFault.CloseInBody), AccessCause.ConnectionReset)]
    public async Task Sees_how_an_answer_breaks_off(string fault, AccessCause cause)
    {
        await using var server = Serve(_ => Pods(14) with { Fault = Enum.Parse<WireFault>(fault) });
        await AgreeAsync(cause, timeout: 2);
    }

    [Fact]
    public async Task Sees_what_it_is_that_listens()
    {
        await using var plain = WireServer.Plain(_ => WireReply.Ok("{}"));
        Aim(plain.Port);
        await AgreeAsync(AccessCause.NotKubernetes);

        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Aim(((IPEndPoint)silent.LocalEndpoint).Port);
        await AgreeAsync(AccessCause.ConnectionTimedOut, timeout: 1);

        silent.Stop();
        await AgreeAsync(AccessCause.ConnectionRefused);
    }

    [Theory]
    [InlineData("list", "pods", null)]
    [InlineData("list", "pods", "shop")]
    [InlineData("list", "deployments.apps", "shop")]
    [InlineData("delete", "deployments.apps", "shop")]
    [InlineData("list", "pods/log", null)]
    public async Task Asks_what_the_gatherer_asks(string verb, string resource, string? ns)
    {
        await using var server = Serve(r => r switch
        {
            { Method: "POST" } => new WireReply(201, """{"kind":"SelfSubjectAccessReview","status":{"allowed":true,"reason":"RBAC"}}"""),
            { Path: "/apis/apps" } => WireReply.Ok("""{"kind":"APIGroup","preferredVersion":{"version":"v1"}}"""),
            _ => Pods(3, r.Path.Contains("continue", StringComparison.Ordinal) ? null : "a b"),
        });
        var question = new AccessQuestion { MountPath = _mount, Verb = verb, Resource = resource, Namespace = ns };
        await AgreeAsync(AccessCause.None, question);

        // Whoever starts the script gives it the resource with its group; the gatherer looks that up by itself.
        var requests = server.Requests.Where(r => r.Path is not ("/version" or "/api" or "/apis")).Select(r => (r.Method, r.Path, r.Body, r.Header("Authorization"))).ToList();
        Assert.NotEmpty(requests);
        Assert.Equal(requests[..(requests.Count / 2)], requests[(requests.Count / 2)..]);
        Assert.All(server.Requests.Where(r => r.Path == "/version"), r => Assert.Null(r.Header("Authorization")));
    }

    [Theory]
    [InlineData("bound")]
    [InlineData("legacy")]
    [InlineData("other")]
    public async Task Decodes_tokens_as_the_gatherer_does_and_shows_none(string kind)
    {
        var token = kind switch
        {
            "bound" => Token,
            "legacy" => Jwts.Make(
                """
                {"iss":"kubernetes/serviceaccount","kubernetes.io/serviceaccount/namespace":"shop","kubernetes.io/serviceaccount/secret.name":"cart-token-1",
                 "kubernetes.io/serviceaccount/service-account.name":"cart","kubernetes.io/serviceaccount/service-account.uid":"u-1","sub":"system:serviceaccount:shop:cart"}
                """),
            _ => Jwts.Make("""{"iss":"https://login.example","sub":"ann","aud":["a",1,"b"],"exp":4000000000.5,"nbf":-1,"iat":"x"}"""),
        };
        Write("token", token);
        await using var server = Serve(_ => Pods(1));
        var (evidence, gathered) = await AgreeAsync(AccessCause.None);
        string Info(AccessEvidence e) => EvidenceJson.Write(gathered with { Token = gathered.Token with { Info = e.Token.Info } });
        Assert.Equal(Info(gathered), Info(evidence));
        Assert.All(token.Split('.'), part => Assert.DoesNotContain(part, EvidenceJson.Write(evidence), StringComparison.Ordinal));
    }

    private async Task<(AccessEvidence Script, AccessEvidence Gatherer)> AgreeAsync(AccessCause cause, AccessQuestion? question = null, int timeout = 10)
    {
        var asked = (question ?? new AccessQuestion { MountPath = _mount }) with { Timeout = TimeSpan.FromSeconds(timeout) };
        var gathered = await new EvidenceGatherer(asked, new PodEnvironment(_ => null), CallContext.None with { Stop = TestContext.Current.CancellationToken }).GatherAsync(null);
        var log = await Task.Run(() => ScriptRun.Of(asked), TestContext.Current.CancellationToken);
        var evidence = EvidenceJson.Read(log);
        var (expected, actual) = (AccessJudge.Judge(gathered), AccessJudge.Judge(evidence));
        Assert.Equal(cause, expected.Cause);
        Assert.Equal(expected.Checks.Select(c => (c.Name, c.Status)), actual.Checks.Select(c => (c.Name, c.Status)));
        Assert.Equal((expected.Cause, expected.UserName, expected.ItemCount, expected.ServerVersion), (actual.Cause, actual.UserName, actual.ItemCount, actual.ServerVersion));
        Assert.Equal(Stable(expected.Summary), Stable(actual.Summary));
        return (evidence, gathered);
    }

    // Why a text is not a token, what time it is, and how long something took.
    private static string Stable(string summary) => Regex.Replace(summary, @"holds no token\..*|machine's time, [^.]*|after [\d.]+ m?s|\d+ ms", "...");

    private WireServer Serve(Func<WireRequest, WireReply> answer)
    {
        var certificate = _authority.IssueServer();
        var server = WireServer.Tls(() => certificate, r => r.Path == "/version" ? WireReply.Ok("""{"major":"1","gitVersion":"v1.36.2"}""") : answer(r));
        Aim(server.Port);
        return server;
    }

    private static WireReply Pods(int count, string? next = null) => WireReply.Ok(
        $$"""{"kind":"PodList","apiVersion":"v1","metadata":{{{(next is null ? string.Empty : $"\"continue\":\"{next}\"")}}},"items":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}""");

    private void Aim(int port) => Write("kubernetes.env", $"KUBERNETES_SERVICE_HOST=127.0.0.1\nKUBERNETES_SERVICE_PORT={port}\n");

    private void Write(string name, string? text)
    {
        var path = Path.Combine(_mount, name);
        if (text is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, text);
        }
    }
}
