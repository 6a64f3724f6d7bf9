using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Diagnosis;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>What is gathered from a server that does as nobody should, and that a fault is evidence and no exception.</summary>
public sealed class GathererTests : IDisposable
{
    // Far beyond what any machine takes: a test that meets it hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly string Token = Jwts.Make(
        Jwts.Bound.Replace("\"warnafter\":1700003607", "\"warnafter\":4000000000", StringComparison.Ordinal), signature: Jwts.SignatureOfRightLength);

    private readonly TestAuthority _authority = new();
    private readonly string _mount = Directory.CreateTempSubdirectory("kubesa-").FullName;

    public GathererTests()
    {
        Write("token", Token);
        Write("namespace", "shop");
        Write("ca.crt", _authority.Pem);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_mount, recursive: true);
    }

    [Fact]
    public async Task Asks_a_healthy_server_twice_and_sends_the_token_once()
    {
        await using var server = Serve(_ => Pods(1, next: "more", remaining: 13));

        var evidence = await GatherAsync(server);

        Assert.Equal("There are 14 pods in the cluster", AccessJudge.Judge(evidence).Summary);
        Assert.Equal(["/api/v1/pods?limit=1", "/version"], server.Requests.Select(r => r.Path).Order());
        Assert.Null(server.Requests.Single(r => r.Path == "/version").Header("Authorization"));
        Assert.Equal($"Bearer {Token}", server.Requests.Single(r => r.Path != "/version").Header("Authorization"));
    }

    [Fact]
    public async Task Holds_no_part_of_the_token_that_could_be_used()
    {
        await using var server = Serve(_ => Refusal(401, "Unauthorized"));
        var json = JsonSerializer.Serialize(await GatherAsync(server));
        Assert.All(Token.Split('.')[..2], part => Assert.DoesNotContain(part, json, StringComparison.Ordinal));
        Assert.Contains("system:serviceaccount:shop:cart", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_all_pages_where_the_server_does_not_say_how_many_are_left()
    {
        await using var server = Serve(r => r.Path.EndsWith("continue=b", StringComparison.Ordinal) ? Pods(7) : Pods(3, next: r.Path.Contains("continue", StringComparison.Ordinal) ? "b" : "a"));
        var evidence = await GatherAsync(server);
        Assert.Equal((13, false), (evidence.Request!.ItemCount!.Value, evidence.Request.Incomplete));
    }

    [Fact]
    public async Task Counts_what_came_where_a_later_page_fails()
    {
        await using var server = Serve(r => r.Path.Contains("continue", StringComparison.Ordinal) ? Refusal(500, "InternalError") : Pods(3, next: "a"));
        var report = AccessJudge.Judge(await GatherAsync(server));
        Assert.Equal((true, "There are at least 3 pods in the cluster"), (report.Success, report.Summary));
    }

    [Fact]
    public async Task Finds_the_version_of_a_group_first()
    {
        await using var server = Serve(r => r.Path == "/apis/apps" ? WireReply.Ok("""{"kind":"APIGroup","preferredVersion":{"version":"v1beta9"}}""") : Pods(2));
        var evidence = await GatherAsync(server, q => q with { Resource = "deployments.apps", Namespace = "shop" });
        Assert.Equal("There are 2 deployments in namespace shop", AccessJudge.Judge(evidence).Summary);
        Assert.Contains(server.Requests, r => r.Path == "/apis/apps/v1beta9/namespaces/shop/deployments?limit=1");
    }

    [Theory]
    [InlineData("get", "pods", "verb\":\"get\",\"resource\":\"pods\",\"group\":\"\",\"subresource\":\"\",\"namespace\":\"\"")]
    [InlineData("list", "pods/log", "\"resource\":\"pods\",\"group\":\"\",\"subresource\":\"log\"")]
    [InlineData("delete", "deployments.apps", "\"resource\":\"deployments\",\"group\":\"apps\"")]
    public async Task Asks_for_the_rights_where_the_request_itself_is_no_list(string verb, string resource, string body)
    {
        await using var server = Serve(_ => new WireReply(201, """{"kind":"SelfSubjectAccessReview","status":{"allowed":true,"reason":"RBAC"}}"""));
        var evidence = await GatherAsync(server, q => q with { Verb = verb, Resource = resource });
        Assert.Null(evidence.Request);
        Assert.True(AccessJudge.Judge(evidence).Success);
        Assert.Contains(body, server.Requests.Single(r => r.Method == "POST").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, AccessCause.TokenRejected, "/api/v1/pods?limit=1 /openid/v1/jwks /readyz /version")]
    [InlineData(403, AccessCause.Forbidden, "/api/v1/pods?limit=1 /readyz /version")]
    public async Task Asks_a_server_that_refuses_only_what_may_explain_it(int status, AccessCause cause, string paths)
    {
        await using var server = Serve(_ => Refusal(status, "No"));
        Assert.Equal(cause, AccessJudge.Judge(await GatherAsync(server)).Cause);
        Assert.Equal(paths.Split(' '), server.Requests.Select(r => r.Path).Order());
        Assert.Single(server.Requests, r => r.Header("Authorization") is not null);
    }

    [Fact]
    public async Task Asks_for_the_rights_where_the_list_is_throttled_so_that_all_else_is_known()
    {
        await using var server = Serve(r => r.Method == "POST"
            ? new WireReply(201, """{"kind":"SelfSubjectAccessReview","status":{"allowed":true}}""")
            : new WireReply(429, "Too many requests", "text/plain") { Headers = [("Retry-After", "3")] });
        var report = AccessJudge.Judge(await GatherAsync(server));
        Assert.Equal((AccessCause.Throttled, AccessCheckStatus.Pass), (report.Cause, report.Checks.Single(c => c.Name == AccessCheckName.Authorization).Status));
        Assert.Contains("wait 3 s", report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another CA", AccessCause.TlsUntrusted)]
    [InlineData("another name", AccessCause.TlsNameMismatch)]
    [InlineData("expired", AccessCause.TlsExpired)]
    [InlineData("expired, another name", AccessCause.TlsExpired)]
    public async Task Sends_nothing_to_a_server_with_a_wrong_certificate(string what, AccessCause cause)
    {
        using var other = new TestAuthority("other-ca");
        var certificate = what switch
        {
            "another CA" => other.IssueServer(),
            "another name" => _authority.IssueServer("kubernetes.default"),
            "expired" => _authority.IssueServer(until: DateTimeOffset.UtcNow.AddMinutes(-1)),
            _ => _authority.IssueServer("kubernetes.default", DateTimeOffset.UtcNow.AddMinutes(-1)),
        };
        await using var server = WireServer.Tls(() => certificate, _ => Pods(1));
        var evidence = await GatherAsync(server);
        Assert.Equal(cause, AccessJudge.Judge(evidence).Cause);
        Assert.NotNull(evidence.Tls!.Certificate);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Judges_every_connection_anew()
    {
        using var other = new TestAuthority("other-ca");
        var first = true;
        await using var server = WireServer.Tls(
            () =>
            {
                var authority = first ? _authority : other;
                first = false;
                return authority.IssueServer();
            },
            r => r.Path == "/version" ? Version() : Pods(14) with { Fault = WireFault.StallBeforeAnswer });
        var evidence = await GatherAsync(server, q => q with { Timeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(StepOutcome.Reset, evidence.Server!.Answer.Outcome);
        Assert.Equal("/api/v1/pods?limit=1", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Knows_a_server_without_tls()
    {
        await using var server = WireServer.Plain(_ => WireReply.Ok("{}"));
        var evidence = await GatherAsync(server.Port);
        Assert.Equal((StepOutcome.Malformed, "NoTls"), (evidence.Tls!.Outcome, evidence.Tls.Error));
        Assert.Equal(AccessCause.NotKubernetes, AccessJudge.Judge(evidence).Cause);
    }

    [Fact]
    public async Task Knows_a_port_where_nobody_listens()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.Equal(AccessCause.ConnectionRefused, AccessJudge.Judge(await GatherAsync(port)).Cause);
    }

    [Fact]
    public async Task Knows_a_name_that_does_not_resolve()
    {
        var evidence = await GatherAsync(443, host: "no-such-host.invalid");
        Assert.Equal(AccessCause.HostNotFound, AccessJudge.Judge(evidence).Cause);
    }

    [Fact]
    public async Task Knows_a_listener_that_hangs_up_on_the_handshake()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hangUp = Task.Run(async () => (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose(), TestContext.Current.CancellationToken);
        Assert.Equal(AccessCause.ConnectionReset, AccessJudge.Judge(await GatherAsync(((IPEndPoint)listener.LocalEndpoint).Port)).Cause);
        await hangUp;
    }

    [Fact]
    public async Task Waits_for_a_silent_handshake_no_longer_than_it_may()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var watch = Stopwatch.StartNew();

        // The listener never says a word: without the limit this would not end.
        var evidence = await GatherAsync(((IPEndPoint)listener.LocalEndpoint).Port, q => q with { Timeout = TimeSpan.FromSeconds(1) }).WaitAsync(Hang, TestContext.Current.CancellationToken);
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.9), $"It took {watch.Elapsed}.");
        Assert.Equal(AccessCause.ConnectionTimedOut, AccessJudge.Judge(evidence).Cause);
    }

    [Theory]
    [InlineData(WireFault.StallBeforeAnswer, AccessCause.ConnectionTimedOut)]
    [InlineData(WireFault.StallInBody, AccessCause.ConnectionTimedOut)]
    [InlineData(WireFault.CloseBeforeAnswer, AccessCause.ConnectionReset)]
    [InlineData(WireFault.CloseInBody, AccessCause.ConnectionReset)]
    internal async Task Names_a_list_that_breaks_off_within_the_time_allowed(WireFault fault, AccessCause cause)
    {
        await using var server = Serve(r => r.Method == "POST" ? Refusal(500, "x") : Pods(14) with { Fault = fault });
        var report = AccessJudge.Judge(await GatherAsync(server, q => q with { Timeout = TimeSpan.FromSeconds(2) }).WaitAsync(Hang, TestContext.Current.CancellationToken));
        Assert.Equal(cause, report.Cause);
        Assert.Equal(AccessCheckStatus.Fail, report.Checks.Single(c => c.Name == AccessCheckName.Access).Status);
    }

    [Theory]
    [InlineData(WireFault.StallBeforeAnswer)]
    [InlineData(WireFault.StallInBody)]
    internal async Task Stops_while_the_server_says_nothing(WireFault fault)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = new TaskCompletionSource();
        await using var server = Serve(_ =>
        {
            asked.TrySetResult();
            return Pods(14) with { Fault = fault };
        });
        var gathering = new EvidenceGatherer(Question(), Environment(server.Port, "127.0.0.1"), CallContext.None with { Stop = stop.Token }).GatherAsync(null);
        await asked.Task;
        await stop.CancelAsync();

        // The server goes on saying nothing; at the end of the time allowed there would be evidence and no exception.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering.WaitAsync(Hang, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(200, "<html>Log in</html>", "text/html", AccessCause.NotKubernetes)]
    [InlineData(302, "", "text/html", AccessCause.NotKubernetes)]
    [InlineData(503, "<html>no server is available</html>", "text/html", AccessCause.ServerUnavailable)]
    [InlineData(200, "{\"status\":\"UP\"}", "application/json", AccessCause.NotKubernetes)]
    [InlineData(200, "{\"kind\":", "application/json", AccessCause.NotKubernetes)]
    public async Task Knows_what_is_no_api_server(int status, string body, string contentType, AccessCause cause)
    {
        await using var server = ServeAll(_ => new WireReply(status, body, contentType) { Headers = [("Location", "https://127.0.0.1/login")] });
        Assert.Equal(cause, AccessJudge.Judge(await GatherAsync(server)).Cause);
    }

    [Fact]
    public async Task Asks_nothing_with_a_token_that_is_none_but_sees_the_server()
    {
        Write("token", "garbage");
        await using var server = Serve(_ => Pods(1));
        var report = AccessJudge.Judge(await GatherAsync(server));
        Assert.Equal((AccessCause.TokenMalformed, "v1.36.2"), (report.Cause, report.ServerVersion));
        Assert.Equal("/version", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Sees_the_server_by_the_address_that_is_given_before_all_others()
    {
        await using var server = Serve(_ => Pods(14));
        var question = Question() with { ApiServer = server.Url };
        var evidence = await new EvidenceGatherer(question, Environment(1, "192.0.2.1"), CallContext.None with { Stop = TestContext.Current.CancellationToken }).GatherAsync(null);
        Assert.Equal((EndpointSource.Question, server.Url), (evidence.Environment.Source, evidence.Environment.ApiServer));
        Assert.True(AccessJudge.Judge(evidence).Success);
    }

    [Fact]
    public async Task Tells_what_an_administrator_could_not_be_told()
    {
        await using var server = Serve(_ => Refusal(401, "Unauthorized"));
        await using var cluster = new WireCluster(_ => WireReply.Failure(403, "Forbidden", "you may not"));
        var evidence = await new EvidenceGatherer(Question(), Environment(server.Port, "127.0.0.1"), CallContext.None with { Stop = TestContext.Current.CancellationToken })
            .GatherAsync(KubeSa.Diagnosis.Gathering.MountedTokenLookup.By(new KubeSa.Client.KubeGateway(), cluster.Connect()));
        Assert.NotNull(evidence.Administrator!.SignatureProblem);
        Assert.NotNull(evidence.Administrator.ReviewProblem);
        Assert.Equal(AccessCause.TokenRejected, AccessJudge.Judge(evidence).Cause);
    }

    private WireServer Serve(Func<WireRequest, WireReply> answer) => ServeAll(r => r.Path == "/version" ? Version() : answer(r));

    private WireServer ServeAll(Func<WireRequest, WireReply> answer)
    {
        var certificate = _authority.IssueServer();
        return WireServer.Tls(() => certificate, answer);
    }

    private Task<AccessEvidence> GatherAsync(WireServer server, Func<AccessQuestion, AccessQuestion>? change = null) => GatherAsync(server.Port, change);

    private Task<AccessEvidence> GatherAsync(int port, Func<AccessQuestion, AccessQuestion>? change = null, string host = "127.0.0.1") =>
        new EvidenceGatherer(
            change is null ? Question() : change(Question()),
            Environment(port, host),
            CallContext.None with { Stop = TestContext.Current.CancellationToken }).GatherAsync(null);

    private AccessQuestion Question() => new() { MountPath = _mount };

    private static PodEnvironment Environment(int port, string host) => new(new Dictionary<string, string>
    {
        ["KUBERNETES_SERVICE_HOST"] = host,
        ["KUBERNETES_SERVICE_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.GetValueOrDefault);

    private static WireReply Version() => WireReply.Ok("""{"major":"1","gitVersion":"v1.36.2"}""");

    private static WireReply Pods(int count, string? next = null, int? remaining = null)
    {
        var metadata = (next, remaining) switch
        {
            (null, _) => "{}",
            (_, null) => $$"""{"continue":"{{next}}"}""",
            _ => $$"""{"continue":"{{next}}","remainingItemCount":{{remaining}}}""",
        };
        return WireReply.Ok($$"""{"kind":"PodList","apiVersion":"v1","metadata":{{metadata}},"items":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}""");
    }

    private static WireReply Refusal(int status, string reason) => WireReply.Failure(status, reason, reason);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_mount, name), text);
}
