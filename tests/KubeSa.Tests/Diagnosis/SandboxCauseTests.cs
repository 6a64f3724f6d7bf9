using System.Text.RegularExpressions;
using KubeSa.Diagnosis;
using KubeSa.Tests.Engine;
using Xunit;
using static KubeSa.AccessCause;
using Check = KubeSa.AccessCheckName;

namespace KubeSa.Tests.Diagnosis;

/// <summary>
/// Each cause made to happen in a mount, an environment or a cluster: exactly that cause is named, exactly those checks
/// fail, and the remedy names what is to be changed. One line a case.
/// </summary>
public sealed class SandboxCauseTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private const string Pods = "/api/v1/pods";

    private static readonly Dictionary<string, Case> Cases = new()
    {
        // The environment.
        ["no pod at all"] = new(NotInCluster, [Check.Environment, Check.Mount], "-MountPath", p => p.NoMount().Env("HOST", null).Env("PORT", null)),
        ["a mount but no variables"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_HOST is not set", p => p.Env("HOST", null).Env("PORT", null)),
        ["an empty host"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_HOST is empty", p => p.Env("HOST", "")),
        ["a host copied from KUBERNETES_PORT"] = new(EnvironmentInvalid, Check.Environment, "Set KUBERNETES_SERVICE_HOST=10.96.0.1 and KUBERNETES_SERVICE_PORT=443", p => p.Env("HOST", "tcp://10.96.0.1:443")),
        ["a host with a blank"] = new(EnvironmentInvalid, Check.Environment, "neither a host name nor an address", p => p.Env("HOST", "127.0.0.1 ")),
        ["a host of colons"] = new(EnvironmentInvalid, Check.Environment, "'::::'", p => p.Env("HOST", "::::")),
        ["no port"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_PORT is not set", p => p.Env("PORT", null)),
        ["an empty port"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_PORT is empty", p => p.Env("PORT", "")),
        ["a port of letters"] = new(EnvironmentInvalid, Check.Environment, "'https'", p => p.Env("PORT", "https")),
        ["a port copied from KUBERNETES_PORT"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_PORT=443", p => p.Env("PORT", "tcp://10.96.0.1:443")),
        ["a port too high"] = new(EnvironmentInvalid, Check.Environment, "65536", p => p.Env("PORT", "65536")),
        ["a given address that is no https URL"] = new(EnvironmentInvalid, Check.Environment, "https://host:port", p => p.At("http://127.0.0.1")),

        // The mount.
        ["no mount"] = new(MountMissing, Check.Mount, "automountServiceAccountToken", p => p.NoMount()),
        ["an empty mount"] = new(MountMissing, Check.Mount, "holds no service account", p => p.Delete("token", "ca.crt", "namespace")),
        ["a mount of links to nothing"] = new(MountMissing, Check.Mount, "holds no service account", p => p.BrokenLink("token").BrokenLink("ca.crt").BrokenLink("namespace")),
        ["no token"] = new(TokenFileMissing, Check.Token, "serviceAccountToken source", p => p.Delete("token")),
        ["a token not written to its end"] = new(TokenFileMissing, Check.Token, "'..data/token'", p => p.BrokenLink("token")),
        ["a folder for a token"] = new(TokenFileMissing, Check.Token, "it is a directory", p => p.Folder("token")),
        ["an empty token"] = new(TokenEmpty, Check.Token, "Get-KubeSaTokenSecret -Namespace team-a", p => p.Write("token", "")),
        ["a blank token"] = new(TokenEmpty, Check.Token, "is empty", p => p.Write("token", " \n")),
        ["a password for a token"] = new(TokenMalformed, Check.Token, "three parts", p => p.Write("token", "secret")),
        ["a token in base64"] = new(TokenMalformed, Check.Token, "in base64", p => p.Change("token", t => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(t)))),
        ["a token with padding"] = new(TokenMalformed, Check.Token, "'='", p => p.Change("token", t => t.Trim() + "==")),
        ["a token pasted twice"] = new(TokenMalformed, Check.Token, "pasted twice", p => p.Change("token", t => t.Trim() + t.Trim())),
        ["a token with a prompt behind it"] = new(TokenMalformed, Check.Token, "'%'", p => p.Change("token", t => t.Trim() + "%")),
        ["a token with text behind it"] = new(TokenMalformed, Check.Token, "something behind it", p => p.Change("token", t => t.Trim() + "junk")),
        ["a token broken into lines"] = new(TokenMalformed, Check.Token, "a line break inside", p => p.Change("token", t => t.Insert(t.Length - 50, "\n"))),
        ["half of a token"] = new(TokenMalformed, Check.Token, "token", p => p.Change("token", t => t[..(t.IndexOf('.', StringComparison.Ordinal) + 40)])),
        ["most of a token"] = new(TokenMalformed, Check.Token, "cut short", p => p.Change("token", t => t.Trim()[..^200])),
        ["an expired token"] = new(TokenExpired, Check.Token, "1 h 0 min ago", p => p.TokenGood(-2, -1)),
        ["a token from the future"] = new(TokenNotYetValid, Check.Token, "from now", p => p.TokenGood(5, 6)),
        ["a namespace of another account"] = new(NamespaceMismatch, Check.Token, "'team-b'", p => p.Write("namespace", "team-b")),
        ["no ca.crt"] = new(CaFileMissing, Check.CertificateAuthority, "team-a/kube-root-ca.crt", p => p.Delete("ca.crt")),
        ["a folder for ca.crt"] = new(CaFileMissing, Check.CertificateAuthority, "it is a directory", p => p.Folder("ca.crt")),
        ["an empty ca.crt"] = new(CaMalformed, Check.CertificateAuthority, "is empty", p => p.Write("ca.crt", "")),
        ["garbage in ca.crt"] = new(CaMalformed, Check.CertificateAuthority, "team-a/kube-root-ca.crt", p => p.Write("ca.crt", "garbage")),
        ["half of ca.crt"] = new(CaMalformed, Check.CertificateAuthority, "no certificate in PEM form", p => p.Change("ca.crt", t => t[..(t.Length / 2)])),
        ["an expired CA"] = new(CaExpired, Check.CertificateAuthority, "'CN=old-ca'", p => p.Write("ca.crt", Pems.Expired)),

        // The way to the server.
        ["a name that does not resolve"] = new(HostNotFound, Check.Network, "no-such-host.invalid", p => p.Env("HOST", "no-such-host.invalid")),
        ["nobody listens"] = new(ConnectionRefused, Check.Network, "127.0.0.1:1", p => p.Env("PORT", "1")),
        ["nobody listens on IPv6"] = new(ConnectionRefused, Check.Network, "::1:1", p => p.Env("HOST", "::1").Env("PORT", "1")),
        ["nobody listens on IPv6 in brackets"] = new(ConnectionRefused, Check.Network, "::1:1", p => p.Env("HOST", "[::1]").Env("PORT", "1")),
        ["a listener that says nothing"] = new(ConnectionTimedOut, Check.Tls, "handshake", p => p.Listener(hangsUp: false).Hasty()),
        ["a listener that hangs up"] = new(ConnectionReset, Check.Tls, "handshake", p => p.Listener(hangsUp: true)),
        ["no TLS"] = new(NotKubernetes, Check.Tls, "NoTls", p => p.Plain()),
        ["a CA of another cluster"] = new(TlsUntrusted, Check.Tls, "of another cluster or older", p => p.Write("ca.crt", Pems.OtherCluster)),
        ["several CAs, and not the one"] = new(TlsUntrusted, Check.Tls, "team-a/kube-root-ca.crt", p => p.Write("ca.crt", Pems.OtherCluster + Pems.Expired + Pems.OtherCluster)),
        ["an authority of another name, as a proxy's that intercepts"] = new(TlsUntrusted, Check.Tls, "See who 'CN=kubernetes' is: a proxy", p => p.Write("ca.crt", Pems.OfAnotherName)),
        ["an authority that nobody knows"] = new(TlsUntrusted, Check.Tls, "another key", p => p.Fault("unknown-authority")),
        ["a CA that was replaced"] = new(TlsUntrusted, Check.Tls, "older than the cluster's present CA", p => p.Fault("rotated-authority")),
        ["a certificate for another name"] = new(TlsNameMismatch, Check.Tls, "certSANs", p => p.Fault("wrong-name")),
        ["an expired certificate"] = new(TlsExpired, Check.Tls, "kubeadm certs renew", p => p.Fault("expired-certificate")),

        // The server.
        ["a login page"] = new(NotKubernetes, Check.Server, "text/html", p => p.Fault("html")),
        ["a proxy that finds no server"] = new(ServerUnavailable, Check.Server, "502", p => p.Fault("bad-gateway")),
        ["a server that starts"] = new(ServerUnavailable, Check.Server, "/readyz", p => p.Fault("unavailable")),
        ["a server without its store"] = new(ServerUnavailable, [Check.Server, Check.Access], "etcd", p => p.Fault("store-down")),
        ["a server with too many requests"] = new(Throttled, Check.Server, "apiserver_flowcontrol_rejected_requests_total", p => p.Fault("too-many-requests")),
        ["a server that says nothing"] = new(ConnectionTimedOut, Check.Server, "-TimeoutSeconds", p => p.Fault("stall").Hasty()),
        ["a list that is a login page"] = new(NotKubernetes, Check.Access, "GET /api/v1/pods", p => p.Fault("html", Pods)),
        ["a list that is throttled"] = new(Throttled, Check.Access, "asks to wait 1 s", p => p.Fault("too-many-requests", Pods)),
        ["a list that is unavailable"] = new(ServerUnavailable, Check.Access, "GET /api/v1/pods", p => p.Fault("unavailable", Pods)),
        ["a list that stalls"] = new(ConnectionTimedOut, Check.Access, "MTU", p => p.Fault("stall", Pods).Hasty()),
        ["a list that stalls in the middle"] = new(ConnectionTimedOut, Check.Access, "MTU", p => p.Fault("stall-body", Pods).Hasty()),
        ["a list cut off in the middle"] = new(ConnectionReset, Check.Access, "GET /api/v1/pods", p => p.Fault("reset-body", Pods)),
        ["half a list"] = new(NotKubernetes, Check.Access, "not a list", p => p.Fault("truncated-json", Pods)),
        ["a resource that is none"] = new(Unknown, Check.Access, "no resource 'podz'", p => p.Account("c1", "cluster-admin").Asking("podz")),

        // Who the account is.
        ["refused, from inside"] = new(TokenRejected, Check.Authentication, "team-a/pod-watcher", p => p.Fault("rejected-token")),
        ["another key, from inside"] = new(TokenRejected, Check.Authentication, "-AdminConnection", p => p.ForeignKey()),
        ["another key, seen from inside"] = new(SignatureKeyUnknown, Check.Authentication, "names key 'k-1'", p => p.ForeignKey().PublicKeys()),
        ["an altered token, seen from inside"] = new(TokenMalformed, Check.Authentication, "damaged or was altered", p => p.Altered().PublicKeys()),
        ["an altered token"] = new(TokenMalformed, Check.Authentication, "did not sign this text", p => p.Altered().AsAdmin()),
        ["another key"] = new(SignatureKeyUnknown, Check.Authentication, "--service-account-key-file", p => p.ForeignKey().AsAdmin()),
        ["another audience, from inside"] = new(TokenRejected, Check.Authentication, "(1) the token is for 'vault'", p => p.Requested("""{"audiences":["vault"]}""")),
        ["another audience"] = new(TokenAudienceMismatch, Check.Authentication, "serviceAccountToken source", p => p.Requested("""{"audiences":["vault"]}""").AsAdmin()),
        ["a former issuer"] = new(IssuerUnknown, Check.Authentication, "--service-account-issuer=https://former.example.com", p => p.OfFormerIssuer().AsAdmin()),
        ["an account that is gone, from inside"] = new(TokenRejected, Check.Authentication, "(1) the account team-a/c2 was deleted", p => p.Account("c2").AccountDeleted("c2")),
        ["an account that is gone"] = new(ServiceAccountDeleted, Check.Authentication, "New-KubeServiceAccount c3 -Namespace team-a", p => p.Account("c3").AccountDeleted("c3").AsAdmin()),
        ["an account made again"] = new(ServiceAccountDeleted, Check.Authentication, "created again", p => p.Account("c4").AccountDeleted("c4", again: true).AsAdmin()),
        ["a stored token whose Secret is gone, from inside"] = new(TokenRejected, Check.Authentication, "the Secret team-a/s1 was deleted", p => p.Stored("s1").Gone("/api/v1/namespaces/team-a/secrets/s1")),
        ["a stored token whose Secret is gone"] = new(SecretDeleted, Check.Authentication, "New-KubeSaTokenSecret pod-watcher s2 -Namespace team-a", p => p.Stored("s2").Gone("/api/v1/namespaces/team-a/secrets/s2").AsAdmin()),
        ["a stored token whose Secret was recreated"] = new(SecretDeleted, Check.Authentication, "holds another token by now", p => p.Stored("s4").Gone("/api/v1/namespaces/team-a/secrets/s4").MakeSecret("s4", "default").AsAdmin()),
        ["a token bound to a Secret that is gone"] = new(SecretDeleted, Check.Authentication, "team-a/s3", p => p.MakeSecret("s3").BoundTo("Secret", "s3").Gone("/api/v1/namespaces/team-a/secrets/s3").AsAdmin()),
        ["a token bound to a pod that is gone"] = new(BoundObjectDeleted, Check.Authentication, "team-a/p1", p => p.MakePod("p1").BoundTo("Pod", "p1").Gone("/api/v1/namespaces/team-a/pods/p1").AsAdmin()),
        ["a token bound to a pod made again"] = new(BoundObjectDeleted, Check.Authentication, "created again", p => p.MakePod("p2").BoundTo("Pod", "p2").Gone("/api/v1/namespaces/team-a/pods/p2").MakePod("p2").AsAdmin()),
        ["a token copied from a pod, from inside"] = new(TokenRejected, Check.Authentication, "this is 'pod-watcher-x'", p => p.MakePod("p3").BoundTo("Pod", "p3").Gone("/api/v1/namespaces/team-a/pods/p3")),
        ["a token bound to a node that is gone"] = new(BoundObjectDeleted, Check.Authentication, "node n1", p => p.MakeNode("n1").BoundTo("Node", "n1").Gone("/api/v1/nodes/n1").AsAdmin()),

        // What it may do.
        ["no right in the cluster"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource secrets -ClusterWide", p => p.Asking("secrets")),
        ["no right in a namespace"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource configmaps -Namespace team-b", p => p.Asking("configmaps", "team-b")),
        ["no right to delete"] = new(Forbidden, Check.Authorization, "may not delete pods in namespace team-a", p => p.Asking("pods", "team-a", "delete")),
        ["no right to the logs"] = new(Forbidden, Check.Authorization, "-Verb get -Resource pods/log -Namespace team-a", p => p.Asking("pods/log", "team-a", "get")),
        ["no right, and a role of the namespace that would do"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource configmaps -Namespace team-a (Of the roles", p => p.Asking("configmaps", "team-a").AsAdmin()),
        ["no right, and a role of the cluster that would do"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource deployments.apps -Namespace team-b (Of the roles", p => p.Asking("deployments.apps", "team-b").AsAdmin()),
        ["no right to what is named without its group"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource deployments.apps -Namespace team-b", p => p.Asking("deploy", "team-b")),
        ["a resource that there is not"] = new(Forbidden, Check.Authorization, "no role can help", p => p.Asking("podz", "team-b")),
        ["no right, and no role that would do"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole team-a/pod-watcher -Verb list -Resource nodes -ClusterWide", p => p.Asking("nodes").AsAdmin()),

        // Two at a time: the first in the order of dependency, and both among the checks.
        ["no variables, expired"] = new(EnvironmentInvalid, [Check.Environment, Check.Token], "not set", p => p.Env("HOST", null).Env("PORT", null).TokenGood(-2, -1)),
        ["no mount, nobody listens"] = new(MountMissing, [Check.Mount, Check.Network], "automountServiceAccountToken", p => p.NoMount().Env("PORT", "1")),
        ["expired, nobody listens"] = new(TokenExpired, [Check.Token, Check.Network], "ago", p => p.TokenGood(-2, -1).Env("PORT", "1")),
        ["empty token, garbage in ca.crt"] = new(TokenEmpty, [Check.Token, Check.CertificateAuthority], "is empty", p => p.Write("token", "").Write("ca.crt", "garbage")),
        ["no ca.crt, no such host"] = new(CaFileMissing, [Check.CertificateAuthority, Check.Network], "ca.crt", p => p.Delete("ca.crt").Env("HOST", "no-such-host.invalid")),
        ["malformed, a proxy that intercepts"] = new(TokenMalformed, [Check.Token, Check.Tls], "no token", p => p.Write("token", "x").Fault("unknown-authority")),
        ["cut short, a proxy that finds no server"] = new(TokenMalformed, [Check.Token, Check.Server], "cut short", p => p.Change("token", t => t.Trim()[..^200]).Fault("bad-gateway")),
        ["another namespace, refused"] = new(NamespaceMismatch, [Check.Token, Check.Authentication], "'team-b'", p => p.Write("namespace", "team-b").Fault("rejected-token")),
        ["another namespace, forbidden"] = new(NamespaceMismatch, [Check.Token, Check.Authorization], "'team-b'", p => p.Write("namespace", "team-b").Asking("secrets")),
        ["another namespace, throttled"] = new(NamespaceMismatch, [Check.Token, Check.Access], "'team-b'", p => p.Write("namespace", "team-b").Fault("too-many-requests", Pods)),
        ["not ready, forbidden"] = new(ServerUnavailable, [Check.Server, Check.Authorization], "not ready", p => p.Fault("unavailable", "/readyz").Asking("secrets")),
        ["another key, an account that is gone"] = new(SignatureKeyUnknown, [Check.Authentication], "names key 'k-1'", p => p.Account("c5").ForeignKey().AccountDeleted("c5").AsAdmin()),
        ["an expired CA, another name"] = new(CaExpired, [Check.CertificateAuthority], "'CN=old-ca'", p => p.Write("ca.crt", Pems.Expired).Fault("wrong-name")),
    };

    private readonly SandboxAdmin _admin = new(sandbox.Server);

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => _admin.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Names_the_cause_and_no_other(string name)
    {
        var expected = Cases[name];
        await using var pod = expected.Break(new SandboxPod(sandbox.Server, _admin));

        var report = AccessJudge.Judge(await pod.GatherAsync());

        var text = string.Join('\n', report.Checks.Select(check => $"{check}\n  {check.Remedy}"));
        Assert.True(expected.Cause == report.Cause, $"{report.Cause}\n{text}");
        var failures = report.Checks.Where(check => check.Status == AccessCheckStatus.Fail).ToList();
        Assert.Equal(expected.Failing, failures.Select(check => check.Name));
        Assert.Contains(expected.Words, $"{failures[0].Detail} {failures[0].Remedy}", StringComparison.Ordinal);
        Assert.All(failures, check => Assert.False(string.IsNullOrWhiteSpace(check.Remedy)));
        if (expected.Failing.Length == 1)
        {
            // Three of the names are words that details need.
            var others = Enum.GetNames<AccessCause>().Except(["None", "Forbidden", "Unknown", $"{expected.Cause}"]);
            Assert.DoesNotContain(others, cause => Regex.IsMatch(text, $@"\b{cause}\b"));
        }
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another audience")]
    [InlineData("a former issuer")]
    [InlineData("an account that is gone")]
    [InlineData("an account made again")]
    [InlineData("a stored token whose Secret is gone")]
    [InlineData("a stored token whose Secret was recreated")]
    [InlineData("a token bound to a Secret that is gone")]
    [InlineData("a token bound to a pod that is gone")]
    [InlineData("a token bound to a pod made again")]
    [InlineData("a token bound to a node that is gone")]
    public async Task Names_the_same_cause_of_evidence_that_an_administrator_is_shown(string name)
    {
        var expected = Cases[name];
        await using var pod = expected.Break(new SandboxPod(sandbox.Server, _admin));

        var report = AccessJudge.Judge(await pod.GatherAsEvidenceAsync());

        var failure = report.Checks.First(check => check.Status == AccessCheckStatus.Fail);
        Assert.True(expected.Cause == report.Cause, $"{report.Cause}: {failure.Detail}");
        Assert.False(string.IsNullOrWhiteSpace(failure.Remedy));
    }

    [Fact]
    public async Task Finds_nothing_where_nothing_is_broken()
    {
        await using var pod = new SandboxPod(sandbox.Server, _admin).AsAdmin();
        var evidence = await pod.GatherAsync();
        var report = AccessJudge.Judge(evidence);
        Assert.All(report.Checks, check => Assert.Equal((check.Name, AccessCheckStatus.Pass), (check.Name, check.Status)));
        Assert.Null(evidence.Administrator);
    }

    [Fact]
    public void Every_cause_has_a_case() =>
        Assert.Equal(Enum.GetValues<AccessCause>().Where(cause => cause != None), Cases.Values.Select(item => item.Cause).Distinct().Order());

    private sealed record Case(AccessCause Cause, Check[] Failing, string Words, Func<SandboxPod, SandboxPod> Break)
    {
        internal Case(AccessCause cause, Check failing, string words, Func<SandboxPod, SandboxPod> change)
            : this(cause, [failing], words, change)
        {
        }
    }
}
