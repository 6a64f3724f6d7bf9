using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.Http;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Diagnosis;
using KubeSa.Tests.Diagnosis;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>
/// Whom we take for our server: for each certificate and each bundle of CA certificates one verdict, the same from calls,
/// from checks of access, and from kubectl where it is installed.
/// </summary>
public sealed class TrustTests : IDisposable
{
    private const string Damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    private const string Overwritten = "-----BEGIN CERTIFICATE-----\nMIIB#####\n-----END CERTIFICATE-----\n";
    private const string CutShort = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUTZ\n";

    private static readonly DateTimeOffset Yesterday = DateTimeOffset.UtcNow.AddDays(-1);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["a root"] = new(null, () => With(One("root"), root => (root.IssueServer(), [], root.Pem))),
        ["an intermediate for a CA"] = new(null, () => With(By(One("root"), "middle"), middle => (middle.IssueServer(), [], middle.Pem))),
        ["an expired intermediate for a CA"] = new(FailureKind.TlsExpired, () => With(By(One("root"), "middle", Yesterday), middle => (middle.IssueServer(), [], middle.Pem))) { Cause = AccessCause.CaExpired },
        ["an expired root"] = new(FailureKind.TlsExpired, () => With(new TestAuthority("root", until: Yesterday), root => (root.IssueServer(), [], root.Pem))) { Cause = AccessCause.CaExpired },
        ["the server's own certificate for a CA"] = new(null, () => With(One("root").IssueServer(), leaf => (leaf, [], Pem(leaf)))),
        ["the server's own certificate, expired"] = new(FailureKind.TlsExpired, () => With(One("root").IssueServer(until: Yesterday), leaf => (leaf, [], Pem(leaf)))) { Cause = AccessCause.CaExpired },
        ["another server's certificate for a CA"] = new(FailureKind.TlsUntrusted, () => With(One("root"), root => (root.IssueServer(), [], Pem(root.IssueServer())))),
        ["an intermediate that the server sends"] = new(null, () => With(One("root"), root => With(By(root, "middle"), middle => (middle.IssueServer(), [middle.Certificate], root.Pem)))),
        ["an intermediate that the server sends, expired"] = new(FailureKind.TlsExpired, () => With(One("root"), root => With(By(root, "middle", Yesterday), middle => (middle.IssueServer(), [middle.Certificate], root.Pem)))),
        ["an intermediate that nobody sends"] = new(FailureKind.TlsUntrusted, () => With(One("root"), root => With(By(root, "middle"), middle => (middle.IssueServer(), [], root.Pem)))),
        ["intermediate and root in the bundle"] = new(null, () => With(One("root"), root => With(By(root, "middle"), middle => (middle.IssueServer(), [], middle.Pem + root.Pem)))),
        ["no key ids: old and new, by the old"] = new(null, () => Rotated(ids: false, served: 0, order: [0, 1])),
        ["no key ids: old and new, by the new"] = new(null, () => Rotated(ids: false, served: 1, order: [0, 1])),
        ["no key ids: new and old, by the old"] = new(null, () => Rotated(ids: false, served: 0, order: [1, 0])),
        ["no key ids: new and old, by the new"] = new(null, () => Rotated(ids: false, served: 1, order: [1, 0])),
        ["no key ids: three, by the second"] = new(null, () => Rotated(ids: false, served: 1, order: [2, 1, 0])),
        ["key ids: old and new, by the old"] = new(null, () => Rotated(ids: true, served: 0, order: [0, 1])),
        ["key ids: old and new, by the new"] = new(null, () => Rotated(ids: true, served: 1, order: [0, 1])),
        ["key ids: new and old, by the old"] = new(null, () => Rotated(ids: true, served: 0, order: [1, 0])),
        ["key ids: new and old, by the new"] = new(null, () => Rotated(ids: true, served: 1, order: [1, 0])),
        ["the old one alone, by the new"] = new(FailureKind.TlsUntrusted, () => Rotated(ids: false, served: 1, order: [0])),
        ["the old one alone, by the new, with key ids"] = new(FailureKind.TlsUntrusted, () => Rotated(ids: true, served: 1, order: [0])),
        ["an expired old one and the new, by the new"] = new(null, () => Rotated(ids: false, served: 1, order: [0, 1], Yesterday)),
        ["the new and an expired old one, by the new"] = new(null, () => Rotated(ids: false, served: 1, order: [1, 0], Yesterday)),
        ["the new and an expired old one, by the old"] = new(FailureKind.TlsExpired, () => Rotated(ids: false, served: 0, order: [1, 0], Yesterday)),
        ["a renewed one behind its expired self"] = new(null, () => Renewed(first: false)),
        ["a renewed one before its expired self"] = new(null, () => Renewed(first: true)),
        ["a common name and no other"] = new(FailureKind.TlsNameMismatch, () => With(One("root"), root => (root.IssueServer(string.Empty), [], root.Pem))),
        ["another name"] = new(FailureKind.TlsNameMismatch, () => With(One("root"), root => (root.IssueServer("other.example"), [], root.Pem))),
        ["expired"] = new(FailureKind.TlsExpired, () => With(One("root"), root => (root.IssueServer(until: Yesterday), [], root.Pem))),
        ["another CA, another name and expired"] = new(FailureKind.TlsUntrusted, () => With(One("mine"), mine => (One("theirs").IssueServer("other.example", Yesterday), [], mine.Pem))),
        ["a certificate for clients"] = new(FailureKind.TlsUntrusted, () => With(One("root"), root => (root.IssueClient("CN=x", null, TestAuthority.Loopback()), [], root.Pem))),
        ["a damaged one before"] = new(null, () => With(One("root"), root => (root.IssueServer(), [], Damaged + root.Pem))) { Damaged = 1 },
        ["a damaged one behind"] = new(null, () => With(One("root"), root => (root.IssueServer(), [], root.Pem + Damaged))) { Damaged = 1 },
        ["an overwritten one before"] = new(null, () => With(One("root"), root => (root.IssueServer(), [], Overwritten + root.Pem))) { Damaged = 1 },
        ["one that was cut short behind"] = new(null, () => With(One("root"), root => (root.IssueServer(), [], root.Pem + CutShort))) { Damaged = 1 },
        ["two that are damaged, of another CA the good one"] = new(FailureKind.TlsUntrusted, () => With(One("mine"), mine => (One("theirs").IssueServer(), [], Damaged + mine.Pem + Overwritten))) { Damaged = 2 },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-trust-").FullName;

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Calls_judge_it_right(string name)
    {
        var (server, bundle) = Serve(name);
        await using var serving = server;
        await CallAsync(name, server.Port, bundle);
        Assert.Equal(Cases[name].Kind is null, server.Requests.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Checks_of_access_judge_it_alike(string name)
    {
        var (server, bundle) = Serve(name);
        await using var serving = server;
        await CheckAsync(name, server.Port, bundle);
        Assert.Equal(Cases[name].Kind is null, server.Requests.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Kubectl_judges_it_alike(string name)
    {
        var (server, bundle) = Serve(name);
        await using var serving = server;
        var file = Write("config", KubeConfig(server.Port, $"certificate-authority: {Write("ca.crt", bundle)}"));
        var (code, _, error) = Kubectl.Ask(file, "get", "--raw", "/version");
        Assert.True(code == 0 == Cases[name].Kind is null, error);
        Assert.Equal(Cases[name].Kind is null, server.Requests.Count > 0);
    }

    /// <summary>Servers that send both have it from elsewhere: the framework's own server sends one chain and no more.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Finds_the_way_through_an_intermediate_that_two_CAs_have_signed(bool oursIsFirst, bool sentFirst)
    {
        var (first, second) = (new TestAuthority("first"), new TestAuthority("second"));
        var middle = new TestAuthority("middle", first);
        var again = new TestAuthority("middle", second, likes: middle);
        var leaf = middle.IssueServer();
        using var chain = new X509Chain { ChainPolicy = TrustPolicies.Of([]) };
        X509Certificate2[] sent = sentFirst ? [middle.Certificate, again.Certificate] : [again.Certificate, middle.Certificate];
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.Build(leaf);
        var verdict = CertificateVerdict.Judge(leaf, chain, [(oursIsFirst ? first : second).Certificate], "127.0.0.1");
        Assert.True(verdict.IsAccepted, verdict.Problems.ToString());
        Assert.False(CertificateVerdict.Judge(leaf, chain, [new TestAuthority("second").Certificate], "127.0.0.1").IsTrusted);
    }

    /// <summary>What a server sends is its choice; how long it keeps us busy must not be.</summary>
    [Fact]
    public void Gives_up_among_certificates_that_lead_nowhere()
    {
        var same = new TestAuthority("same");
        var maze = Enumerable.Range(0, 60).Select(_ => new TestAuthority("same", same).Certificate).ToArray();
        Assert.InRange(CertificatePaths.Find(same.IssueServer(), maze, [new TestAuthority("same").Certificate]).Count(), 1, 200);
    }

    [Fact]
    public async Task Says_what_is_missing_in_a_certificate_with_a_common_name_alone()
    {
        using var root = new TestAuthority();
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"), authority => authority.IssueServer(string.Empty));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetServiceAccountAsync("default", "x", cluster.Call));
        Assert.Contains("no subject alternative name (SAN)", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TlsServerName", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_a_damaged_certificate_once_for_a_connection()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var ca = cluster.Write("damaged.crt", cluster.Authority.Pem + Damaged);
        var api = cluster.Connect(o => o with { CertificateAuthority = ca });
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        var warning = Assert.IsType<WarningNotice>(Assert.Single(cluster.Notices));
        Assert.Contains(ca, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("certificate-authority: ca.crt")]
    [InlineData("certificate-authority-data: {data}")]
    public async Task Refuses_CA_certificates_beside_the_wish_not_to_verify_as_kubectl_does(string authority)
    {
        var (server, bundle) = Serve("a root");
        await using var serving = server;
        Write("ca.crt", bundle);
        var given = authority.Replace("{data}", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(bundle)), StringComparison.Ordinal);
        var file = Write("config", KubeConfig(server.Port, $"insecure-skip-tls-verify: true, {given}"));
        var failure = Assert.Throws<KubeApiException>(() => new KubeSa.Client.KubeGateway().Connect(new ConnectionOptions { KubeConfig = file }));
        Assert.Equal(FailureKind.KubeConfigInvalid, failure.Kind);
        Assert.NotEqual(0, Kubectl.Ask(file, "get", "--raw", "/version").ExitCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Refuses_CA_certificates_beside_the_switch_not_to_verify()
    {
        var ca = Write("ca.crt", One("root").Pem);
        var failure = Assert.Throws<KubeApiException>(() => new KubeSa.Client.KubeGateway().Connect(
            new ConnectionOptions { Server = "https://cluster.example", SkipCertificateCheck = true, CertificateAuthority = ca }));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
    }

    /// <summary>A server that shows the certificates of a row, and the bundle of CA certificates that it is judged by.</summary>
    internal static (WireServer Server, string Bundle) Serve(string name)
    {
        var (leaf, between, bundle) = Cases[name].Make();
        var server = WireServer.Tls(() => leaf, request => request.Path switch
        {
            "/version" => WireReply.Ok("""{"major":"1","minor":"36","gitVersion":"v1.36.2"}"""),
            var path when path.Contains("/pods", StringComparison.Ordinal) => WireReply.Ok("""{"kind":"PodList","metadata":{},"items":[{}]}"""),
            _ => WireReply.Account("default", "x"),
        });
        server.Between.AddRange(between);
        return (server, bundle);
    }

    /// <summary>Calls the server of a row in all ways to connect that have CA certificates.</summary>
    internal async Task CallAsync(string name, int port, string bundle)
    {
        var row = Cases[name];
        foreach (var options in FourWays(port, bundle))
        {
            var notices = new List<Notice>();
            using var api = new KubeSa.Client.KubeGateway().Connect(options with { Timeout = TimeSpan.FromSeconds(20) });
            var call = new CallContext(notices.Add, TestContext.Current.CancellationToken);
            var failure = await Record.ExceptionAsync(() => api.GetServiceAccountAsync("default", "x", call));
            Assert.Equal(row.Kind, (failure as KubeApiException)?.Kind);
            Assert.True(failure is null or KubeApiException, failure?.ToString());
            Assert.Equal(row.Damaged > 0, notices.OfType<WarningNotice>().Any(warning => warning.Message.StartsWith($"{row.Damaged} of the CA certificates", StringComparison.Ordinal)));
        }
    }

    /// <summary>Checks access to the server of a row, by the module and by the script for pods.</summary>
    internal async Task CheckAsync(string name, int port, string bundle)
    {
        var row = Cases[name];
        WriteMount(port, bundle);
        var question = new AccessQuestion { MountPath = _folder, Timeout = TimeSpan.FromSeconds(30) };
        var evidence = await new EvidenceGatherer(question, new PodEnvironment(_ => null), CallContext.None with { Stop = TestContext.Current.CancellationToken }).GatherAsync(null);
        var report = AccessJudge.Judge(evidence);
        Assert.Equal(row.Cause ?? (row.Kind is { } kind ? Enum.Parse<AccessCause>(kind.ToString()) : AccessCause.None), report.Cause);
        Assert.Equal(row.Damaged, evidence.CertificateAuthority.Broken);

        var log = await Task.Run(() => ScriptRun.Of(question), TestContext.Current.CancellationToken);
        var told = EvidenceJson.Read(log);
        Assert.Equal(
            (evidence.Tls!.Trusted, evidence.Tls.NameMatches, evidence.Tls.ValidNow, evidence.CertificateAuthority.Broken),
            (told.Tls!.Trusted, told.Tls.NameMatches, told.Tls.ValidNow, told.CertificateAuthority.Broken));
        Assert.Equal(report.Cause, AccessJudge.Judge(told).Cause);
    }

    // The ways to connect that have CA certificates: each with its token, so that a server that is trusted shows by a request.
    private IEnumerable<ConnectionOptions> FourWays(int port, string bundle)
    {
        var ca = Write("ca.crt", bundle);
        var data = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(bundle));
        WriteMount(port, bundle);
        yield return new ConnectionOptions { Server = $"https://127.0.0.1:{port}", CertificateAuthority = ca, Token = new System.Net.NetworkCredential("", "t").SecurePassword };
        yield return new ConnectionOptions { KubeConfig = Write("by-file", KubeConfig(port, $"certificate-authority: {ca}")) };
        yield return new ConnectionOptions { KubeConfig = Write("by-data", KubeConfig(port, $"certificate-authority-data: {data}")) };
        yield return new ConnectionOptions { Source = ConnectionSource.Pod, MountPath = _folder };
    }

    private void WriteMount(int port, string bundle)
    {
        Write("token", Jwts.Make(Jwts.Bound.Replace("\"warnafter\":1700003607", "\"warnafter\":4000000000", StringComparison.Ordinal), signature: Jwts.SignatureOfRightLength));
        Write("namespace", "shop");
        Write("ca.crt", bundle);
        Write("kubernetes.env", $"KUBERNETES_SERVICE_HOST=127.0.0.1\nKUBERNETES_SERVICE_PORT={port}\n");
    }

    private static string KubeConfig(int port, string trust) => $$"""
        apiVersion: v1
        kind: Config
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u} }]
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:{{port}}", {{trust}} } }]
        users: [{name: u, user: {token: t} }]
        """;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static (X509Certificate2, X509Certificate2[], string) With<T>(T thing, Func<T, (X509Certificate2, X509Certificate2[], string)> make) => make(thing);

    private static TestAuthority One(string name) => new(name);

    private static TestAuthority By(TestAuthority root, string name, DateTimeOffset? until = null) => new(name, root, until: until);

    private static (X509Certificate2, X509Certificate2[], string) Rotated(bool ids, int served, int[] order, DateTimeOffset? oldUntil = null)
    {
        TestAuthority[] all = [new("kubernetes", keyIds: ids, until: oldUntil), new("kubernetes", keyIds: ids), new("kubernetes", keyIds: ids)];
        return (all[served].IssueServer(), [], string.Concat(order.Select(i => all[i].Pem)));
    }

    private static (X509Certificate2, X509Certificate2[], string) Renewed(bool first)
    {
        var old = new TestAuthority("kubernetes", until: Yesterday);
        var renewed = new TestAuthority("kubernetes", likes: old);
        return (old.IssueServer(), [], first ? renewed.Pem + old.Pem : old.Pem + renewed.Pem);
    }

    private sealed record Case(FailureKind? Kind, Func<(X509Certificate2 Leaf, X509Certificate2[] Between, string Bundle)> Make)
    {
        internal AccessCause? Cause { get; init; }

        internal int Damaged { get; init; }
    }
}
