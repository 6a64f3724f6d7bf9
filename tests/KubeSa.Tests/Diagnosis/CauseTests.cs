using KubeSa.Diagnosis;
using Xunit;
using static KubeSa.AccessCause;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;
using Check = KubeSa.AccessCheckName;

namespace KubeSa.Tests.Diagnosis;

/// <summary>
/// For every cause the evidence that shows it: the judge names that cause and no other, marks the check, shows the
/// evidence and says what to do. One line a case.
/// </summary>
public sealed class CauseTests
{
    private const string Primitive = "[invalid bearer token, square/go-jose: error in cryptographic primitive]";
    private const string ForVault = """[invalid bearer token, token audiences ["vault"] is invalid for the target audiences ["https://kubernetes.default.svc"]]""";
    private const string MayNot = """pods is forbidden: User "system:serviceaccount:shop:cart" cannot list resource "pods" in API group "" at the cluster scope""";
    private const string Anonymous = """pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope""";

    private static readonly SignatureEvidence Good = Signature(verified: true, known: true, "key-1");

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["no pod at all"] = new(NotInCluster, Check.Environment, "no pod", e => Nowhere(e)),
        ["a mount but no variables"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_HOST is not set", e => Env(e, null, null)),
        ["an empty host"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_HOST is empty", e => Env(e, "", "443")),
        ["a URL for a host"] = new(EnvironmentInvalid, Check.Environment, "tcp://10.96.0.1:443", e => Env(e, "tcp://10.96.0.1:443", "443")),
        ["no host name"] = new(EnvironmentInvalid, Check.Environment, "neither a host name nor an address", e => Env(e, "10.96.0.1 ", "443")),
        ["no port"] = new(EnvironmentInvalid, Check.Environment, "KUBERNETES_SERVICE_PORT is not set", e => Env(e, "10.96.0.1", null)),
        ["a URL for a port"] = new(EnvironmentInvalid, Check.Environment, "not a port number", e => Env(e, "10.96.0.1", "tcp://10.96.0.1:443")),
        ["a port too high"] = new(EnvironmentInvalid, Check.Environment, "65536", e => Env(e, "10.96.0.1", "65536")),
        ["a given address that is none"] = new(EnvironmentInvalid, Check.Environment, "no https URL", e => Given(e, "10.96.0.1")),
        ["no folder"] = new(MountMissing, Check.Mount, "automountServiceAccountToken", e => NoFiles(e) with { Mount = e.Mount with { Exists = false } }),
        ["an empty folder"] = new(MountMissing, Check.Mount, "holds no service account", NoFiles),
        ["no token file"] = new(TokenFileMissing, Check.Token, "is missing", e => e with { Token = new() { File = Missing("token") }, Request = null }),
        ["a token file not to be read"] = new(TokenFileMissing, Check.Token, "fsGroup", e => e with { Token = new() { File = Unreadable("token") }, Request = null }),
        ["an empty token file"] = new(TokenEmpty, Check.Token, "is empty", e => e with { Token = new() { File = File("token") with { Empty = true } }, Request = null }),
        ["no JWT"] = new(TokenMalformed, Check.Token, "three parts", e => e with { Token = new() { File = File("token"), Problem = "It has not three parts." }, Request = null }),
        ["an expired token"] = new(TokenExpired, Check.Token, "1 h 30 min ago", e => e.With(Token(until: Now.AddHours(-1.5))).Refused()),
        ["a token expired by the server's clock"] = new(TokenExpired, Check.Token, "1 h 59 min ahead of", e => Date(e.With(Token(until: Now.AddHours(1))).Refused(), Now.AddHours(2).AddSeconds(-1))),
        ["a token from the future"] = new(TokenNotYetValid, Check.Token, "2 d 0 h from now", e => e.With(Token(from: Now.AddDays(2), until: Now.AddDays(3))).Refused()),
        ["two namespaces"] = new(NamespaceMismatch, Check.Token, "'stock'", e => e with { Namespace = e.Namespace with { Value = "stock" } }),
        ["two namespaces and a refusal"] = new(NamespaceMismatch, Check.Token, "'stock'", e => (e with { Namespace = e.Namespace with { Value = "stock" } }).Refused()),
        ["no ca.crt"] = new(CaFileMissing, Check.CertificateAuthority, "kube-root-ca.crt", e => Untried(e with { CertificateAuthority = new() { File = Missing("ca.crt") } })),
        ["a ca.crt not to be read"] = new(CaFileMissing, Check.CertificateAuthority, "may not read it", e => Untried(e with { CertificateAuthority = new() { File = Unreadable("ca.crt") } })),
        ["an empty ca.crt"] = new(CaMalformed, Check.CertificateAuthority, "is empty", e => Untried(e with { CertificateAuthority = new() { File = File("ca.crt") with { Empty = true } } })),
        ["garbage in ca.crt"] = new(CaMalformed, Check.CertificateAuthority, "no certificate in PEM form", e => Untried(e with { CertificateAuthority = new() { File = File("ca.crt"), Broken = 1 } })),
        ["an expired CA"] = new(CaExpired, Check.CertificateAuthority, "2026-11-22", e => Untried(e with { CertificateAuthority = e.CertificateAuthority with { Certificates = [Ca with { NotAfter = Now.AddDays(-1) }] } })),
        ["no such host"] = new(HostNotFound, Check.Network, "does not resolve", e => Net(e, StepOutcome.HostNotFound)),
        ["nobody listens"] = new(ConnectionRefused, Check.Network, "10.96.0.1:443", e => Net(e, StepOutcome.Refused)),
        ["no route"] = new(ConnectionRefused, Check.Network, "no way to the address", e => Net(e, StepOutcome.Unreachable)),
        ["a network policy that drops"] = new(ConnectionTimedOut, Check.Network, "NetworkPolicy", e => Net(e, StepOutcome.TimedOut)),
        ["a connection broken while connecting"] = new(ConnectionReset, Check.Network, "closed the connection", e => Net(e, StepOutcome.Reset)),
        ["an odd failure of the network"] = new(Unknown, Check.Network, "Failed", e => Net(e, StepOutcome.Failed)),
        ["a handshake that stalls"] = new(ConnectionTimedOut, Check.Tls, "TLS handshake", e => Shake(e, t => t with { Outcome = StepOutcome.TimedOut })),
        ["a handshake cut off"] = new(ConnectionReset, Check.Tls, "TLS handshake", e => Shake(e, t => t with { Outcome = StepOutcome.Reset })),
        ["no TLS"] = new(NotKubernetes, Check.Tls, "NoTls", e => Shake(e, t => t with { Outcome = StepOutcome.Malformed, Error = "NoTls" })),
        ["a handshake refused"] = new(Unknown, Check.Tls, "AuthenticationException", e => Shake(e, t => t with { Outcome = StepOutcome.Failed, Error = "AuthenticationException" })),
        ["another CA"] = new(TlsUntrusted, Check.Tls, "'CN=kubernetes'", e => Shake(e, t => t with { Trusted = false, ChainProblems = ["PartialChain"] })),
        ["another CA, another name, expired"] = new(TlsUntrusted, Check.Tls, "'CN=proxy'", e => Shake(e, t => t with { Trusted = false, NameMatches = false, ValidNow = false, Certificate = Certificate("CN=x", "CN=proxy") })),
        ["another name"] = new(TlsNameMismatch, Check.Tls, "'kubernetes.default'", e => Shake(e, t => t with { NameMatches = false })),
        ["no names"] = new(TlsNameMismatch, Check.Tls, "no name at all", e => Shake(e, t => t with { NameMatches = false, Certificate = Certificate("CN=10.96.0.1", "CN=kubernetes") })),
        ["an expired server certificate"] = new(TlsExpired, Check.Tls, "kubeadm certs renew", e => Shake(e, t => t with { ValidNow = false })),
        ["a web server"] = new(NotKubernetes, Check.Server, "200 as text/html", e => Serve(e, Html(200)) with { Request = new() { Answer = Html(200, "/api/v1/pods") } }),
        ["a redirect to a login page"] = new(NotKubernetes, Check.Server, "302", e => Serve(e, Html(302)) with { Request = new() { Answer = Html(302, "/api/v1/pods") } }),
        ["no HTTP"] = new(NotKubernetes, Check.Server, "not the right protocol", e => Silent(e, StepOutcome.Malformed)),
        ["a server that says nothing"] = new(ConnectionTimedOut, Check.Server, "version", e => Silent(e, StepOutcome.TimedOut)),
        ["a server that hangs up"] = new(ConnectionReset, Check.Server, "version", e => Silent(e, StepOutcome.Reset)),
        ["a server that starts"] = new(ServerUnavailable, Check.Server, "503", e => Serve(e, Answer(503, "/version")) with { Request = new() { Answer = Answer(503) } }),
        ["a load balancer without servers"] = new(ServerUnavailable, Check.Server, "502", e => Serve(e, Html(502)) with { Request = new() { Answer = Html(502) } }),
        ["a store that is down"] = new(ServerUnavailable, Check.Access, "etcd", e => e with { Request = new() { Answer = Answer(500, message: "etcdserver: no leader") } }),
        ["a store that is slow"] = new(ServerUnavailable, Check.Access, "504", e => e with { Request = new() { Answer = Html(504, "/api/v1/pods") }, Authorization = Rights(true) }),
        ["too many requests"] = new(Throttled, Check.Access, "asks to wait 7 s", e => e with { Request = new() { Answer = Answer(429) with { Kind = null, RetryAfter = TimeSpan.FromSeconds(7) } }, Authorization = Rights(true) }),
        ["too many requests from the first"] = new(Throttled, Check.Server, "429", e => Serve(e, Answer(429, "/version") with { Kind = null }) with { Request = new() { Answer = Answer(429) with { Kind = null } } }),
        ["a list that stalls"] = new(ConnectionTimedOut, Check.Access, "MTU", e => e with { Request = new() { Answer = NoAnswer(StepOutcome.TimedOut) }, Authorization = Rights(true) }),
        ["a list cut off"] = new(ConnectionReset, Check.Access, "/api/v1/pods", e => e with { Request = new() { Answer = NoAnswer(StepOutcome.Reset) } }),
        ["a resource that is none"] = new(Unknown, Check.Access, "no resource 'podz'", e => e with { Question = new() { Resource = "podz" }, Request = new() { Answer = Answer(404, "/api/v1/podz") } }),
        ["an answer that is not a list"] = new(NotKubernetes, Check.Access, "not a list", e => e with { Request = new() { Answer = Answer(200) with { Kind = "Pod" } } }),
        ["a code of its own"] = new(Unknown, Check.Access, "418", e => e with { Request = new() { Answer = Answer(418) } }),
        ["a refused token, from inside"] = new(TokenRejected, Check.Authentication, "-AdminConnection", e => e.Refused()),
        ["a refused legacy token, from inside"] = new(TokenRejected, Check.Authentication, "(1) the key that signed it ('key-1')", e => e.With(Legacy).Refused()),
        ["a refused token for others, from inside"] = new(TokenRejected, Check.Authentication, "(1) the token is for 'vault'", e => e.With(Token(audience: "vault")).Refused()),
        ["a refused overdue token, from inside"] = new(TokenRejected, Check.Authentication, "(1) the token should have been replaced", e => e.With(Token(due: Now.AddMinutes(-5))).Refused()),
        ["a refused token and a mute administrator"] = new(TokenRejected, Check.Authentication, "may not create", e => Mute(e.Refused())),
        ["an administrator of another cluster"] = new(TokenRejected, Check.Authentication, "not the same cluster", e => e.Refused(accepted: true)),
        ["an error that nobody knows"] = new(TokenRejected, Check.Authentication, "with the reason: [invalid bearer token, the moon is full]", e => e.Refused("[invalid bearer token, the moon is full]", Good)),
        ["a key id that is not in the set"] = new(SignatureKeyUnknown, Check.Authentication, "the token names key 'key-1', the server at https://api.example:6443 has 'key-2'", e => e.With(Legacy).Refused(Primitive, Signature(false, false, "key-2"))),
        ["no key id, and no key that fits"] = new(SignatureKeyUnknown, Check.Authentication, "none of the server's 2 verifies it", e => e.With(Legacy).Refused(Primitive, Signature(false, null, "key-2", "key-3"))),
        ["a key of the same name"] = new(TokenMalformed, Check.Authentication, "another key goes by the same name", e => e.Refused(Primitive, Signature(false, true, "key-1"))),
        ["a key id of another name"] = new(SignatureKeyUnknown, Check.Authentication, "key-2", e => e.Refused("[invalid bearer token, invalid signature, no keys found]", Signature(true, false, "key-2"))),
        ["no set, but the server's word"] = new(SignatureKeyUnknown, Check.Authentication, "TokenReview says", e => e.Refused(Primitive)),
        ["a token without a signature"] = new(SignatureKeyUnknown, Check.Authentication, "not signed at all", e => e.Refused(Primitive, Signature(false, null, "key-2") with { Algorithm = "none" })),
        ["an account that is gone"] = new(ServiceAccountDeleted, Check.Authentication, "New-KubeServiceAccount cart -Namespace shop", e => e.Refused("""[invalid bearer token, serviceaccounts "cart" not found]""", Good)),
        ["an account made again, 1.20"] = new(ServiceAccountDeleted, Check.Authentication, "created again", e => e.Refused("[invalid bearer token, ServiceAccount UID (a) does not match claim (b)]", Good)),
        ["an account made again, 1.36"] = new(ServiceAccountDeleted, Check.Authentication, "created again", e => e.Refused("[invalid bearer token, service account UID (a) does not match claim (b)]", Good)),
        ["an account that goes"] = new(ServiceAccountDeleted, Check.Authentication, "being deleted", e => e.Refused("[invalid bearer token, service account shop/cart has been deleted]", Good)),
        ["a pod that is gone, 1.20"] = new(BoundObjectDeleted, Check.Authentication, "shop/cart-7", e => e.Refused("[invalid bearer token, Token has been invalidated]", Good)),
        ["a pod that is gone, 1.36"] = new(BoundObjectDeleted, Check.Authentication, "shop/cart-7", e => e.Refused("[invalid bearer token, service account token has been invalidated]", Good)),
        ["a node that is gone"] = new(BoundObjectDeleted, Check.Authentication, "node-1", e => e.With(Token(pod: null, node: "node-1")).Refused("[invalid bearer token, service account token has been invalidated]", Good)),
        ["a Secret that is gone, legacy"] = new(SecretDeleted, Check.Authentication, "shop/cart-token-1", e => e.With(Legacy).Refused("[invalid bearer token, Token has been invalidated]", Good)),
        ["a Secret that is gone, bound"] = new(SecretDeleted, Check.Authentication, "shop/anchor", e => e.With(Token(pod: null, secret: "anchor")).Refused("[invalid bearer token, service account token has been invalidated]", Good)),
        ["a Secret with another token"] = new(SecretDeleted, Check.Authentication, "another token by now", e => e.With(Legacy).Refused("[invalid bearer token, Token does not match server's copy]", Good)),
        ["another audience"] = new(TokenAudienceMismatch, Check.Authentication, "'vault'", e => e.With(Token(audience: "vault")).Refused(ForVault, Good)),
        ["no other reason than that the token is invalid"] = new(TokenRejected, Check.Authentication, "with the reason: invalid bearer token", e => e.Refused("invalid bearer token", Good)),
        ["a token cut short, by its key"] = new(TokenMalformed, Check.Token, "cut short: its signature has 250 bytes", e => Shorten(e.Refused(Primitive, Signature(false, true, "key-1") with { Bytes = 250, ExpectedBytes = 256 }), 250)),
        ["a token cut short by the length of another key"] = new(TokenMalformed, Check.Token, "RS256 with its key makes 512", e => Shorten(e.Refused(Primitive, Signature(false, true, "key-1") with { Bytes = 256, ExpectedBytes = 512 }), 256)),
        ["a legacy token for others"] = new(TokenAudienceMismatch, Check.Authentication, "not for 'vault'", e => e.With(Legacy).Refused("""[invalid bearer token, token audiences ["https://api"] is invalid for the target audiences ["vault"]]""", Good)),
        ["expired by the server's word alone, 1.20"] = new(TokenExpired, Check.Authentication, "has expired", e => e.Refused("[invalid bearer token, Token has expired.]", Good)),
        ["expired by the server's word alone, 1.36"] = new(TokenExpired, Check.Authentication, "has expired", e => e.Refused("[invalid bearer token, service account token has expired]", Good)),
        ["not yet by the server's word alone"] = new(TokenNotYetValid, Check.Authentication, "clocks", e => e.Refused("[invalid bearer token, service account token is not valid yet]", Good)),
        ["a header taken away"] = new(Unknown, Check.Authentication, "anonymous", e => e with { Request = new() { Answer = Answer(403, message: Anonymous) } }),
        ["no right, in all namespaces"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole shop/cart -Verb list -Resource pods -ClusterWide", e => e with { Request = new() { Answer = Answer(403, message: MayNot) } }),
        ["no right, in one namespace"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole shop/cart -Verb list -Resource pods -Namespace stock", e => e with { Question = new() { Namespace = "stock" }, Request = new() { Answer = Answer(403, message: MayNot) } }),
        ["no right to delete"] = new(Forbidden, Check.Authorization, "may not delete pods", e => e with { Question = new() { Verb = "delete" }, Request = null, Authorization = Rights(false) }),
        ["nothing told at all"] = new(Unknown, Check.Access, "not tried", e => e with { Request = null }),

        ["no right, and a role that would do"] = new(Forbidden, Check.Authorization, "Grant-KubeServiceAccountRole shop/cart -ClusterRole lister -ClusterWide", e => Roles(e, Role("reader", "list watch", "pods"), Role("lister", "list", "pods"), Role("everything", "*", "*"), Role("system:pods", "list", "pods"))),
        ["no right, and only a broader role"] = new(Forbidden, Check.Authorization, "-Verb list -Resource pods -ClusterWide (Of the roles there are, ClusterRole 'reader' is the narrowest that allows it, among 2 permissions.)", e => Roles(e, Role("reader", "list watch", "pods"), Role("everything", "*", "*"))),
        ["no right, and a role that gives paths as well"] = new(Forbidden, Check.Authorization, "-Verb list -Resource pods -ClusterWide", e => Roles(e, Role("lister", "list", "pods") is var role ? role with { Rules = [.. role.Rules, new() { Verbs = ["get"], NonResourceUrls = ["/metrics"] }] } : role)),
        ["a resource that the server does not have"] = new(Forbidden, Check.Authorization, "no role can help", e => Roles(e) with { ResourceKnown = false, Question = new() { Resource = "podz" } }),
        ["no right, and only roles of the system"] = new(Forbidden, Check.Authorization, "-Verb list -Resource pods -ClusterWide", e => Roles(e, Role("everything", "*", "*"), Role("system:pods", "list", "pods"))),
        ["no right, and roles that may not be looked at"] = new(Forbidden, Check.Authorization, "may not list roles", e => Roles(e) with { Administrator = new() { Server = "https://s", RolesProblem = "You may not list roles." } }),
        ["no right, by somebody who is no account"] = new(Forbidden, Check.Authorization, "another name", e => Roles(e.With(new() { Kind = TokenKind.Unknown, Issuer = "https://login.example", UserName = "ann" }))),
        ["a DNS server that is silent"] = new(HostNotFound, Check.Network, "kube-system/kube-dns", e => Net(e, StepOutcome.HostNotFound) is var n && n.Network is { } net ? n with { Network = net with { Error = "TryAgain" } } : n),
        ["a mount not to be looked into"] = new(MountMissing, Check.Mount, "securityContext.fsGroup", e => NoFiles(e) with { Mount = e.Mount with { Problem = "this process may not look into it" } }),
        ["a server that is not ready"] = new(ServerUnavailable, Check.Server, "what fails: etcd", e => NotReady(e)),
        ["a key that is not in the keys shown to strangers"] = new(SignatureKeyUnknown, Check.Authentication, "https://10.96.0.1 has 'key-2'", e => e.Refused() with { Keys = new() { Answer = Answer(200, "/openid/v1/jwks"), Signature = Signature(false, false, "key-2") } }),
        ["a key id that is not, of a key that is"] = new(TokenRejected, Check.Authentication, "(1) the key id 'key-1'", e => e.Refused() with { Keys = new() { Answer = Answer(200, "/openid/v1/jwks"), Signature = Signature(true, false, "key-2") } }),
        ["a legacy token that nobody used for a year"] = new(TokenRejected, Check.Authentication, "Enable-KubeSaTokenSecret", e => e.With(Legacy).Refused("[invalid bearer token, the token in secret shop/cart-token-1 for service account shop/cart has been marked invalid.]", Good)),
        ["a pod made again, 1.20"] = new(BoundObjectDeleted, Check.Authentication, "shop/cart-7", e => e.Refused("[invalid bearer token, Pod UID (a) does not match claim (b)]", Good)),
        ["a pod made again, 1.36"] = new(BoundObjectDeleted, Check.Authentication, "shop/cart-7", e => e.Refused("[invalid bearer token, pod UID (a) does not match service account pod ref claim (b)]", Good)),
        ["a Secret made again, 1.36"] = new(SecretDeleted, Check.Authentication, "shop/anchor", e => e.With(Token(pod: null, secret: "anchor")).Refused("[invalid bearer token, secret UID (a) does not match service account secret ref claim (b)]", Good)),
        ["a node made again, 1.36"] = new(BoundObjectDeleted, Check.Authentication, "node-1", e => e.With(Token(pod: null, node: "node-1")).Refused("[invalid bearer token, node UID (a) does not match service account node ref claim (b)]", Good)),
        ["an account that is gone, in words nobody knows"] = new(ServiceAccountDeleted, Check.Authentication, "Service account shop/cart", e => Objects(e.Refused("[the moon is full]", Good), v => v with { ServiceAccount = new() { Reference = "Service account shop/cart" } })),
        ["a pod that is another, in words nobody knows"] = new(BoundObjectDeleted, Check.Authentication, "its uid is b", e => Objects(e.Refused("[the moon is full]", Good), v => v with { Pod = new() { Reference = "Pod shop/cart-7", ClaimedUid = "a", Uid = "b" } })),
        ["an issuer that is not the server's"] = new(IssuerUnknown, Check.Authentication, "its own is 'https://new.example'", e => Objects(e.Refused("invalid bearer token", Good), v => v with { Issuer = "https://new.example" })),

        // Two at a time: the first in the order of dependency.
        ["no variables, expired"] = new(EnvironmentInvalid, Check.Environment, "not set", e => Env(e, null, null).With(Token(until: Now.AddDays(-1)))),
        ["no mount, nobody listens"] = new(MountMissing, Check.Mount, "holds no service account", e => Net(NoFiles(e), StepOutcome.Refused)),
        ["expired, nobody listens"] = new(TokenExpired, Check.Token, "ago", e => Net(e.With(Token(until: Now.AddDays(-1))), StepOutcome.Refused)),
        ["no CA, timed out"] = new(CaFileMissing, Check.CertificateAuthority, "is missing", e => Net(e with { CertificateAuthority = new() { File = Missing("ca.crt") } }, StepOutcome.TimedOut)),
        ["malformed, another CA"] = new(TokenMalformed, Check.Token, "no token", e => Shake(e with { Token = new() { File = File("token"), Problem = "No." } }, t => t with { Trusted = false })),
        ["two namespaces, forbidden"] = new(NamespaceMismatch, Check.Token, "'stock'", e => e with { Namespace = e.Namespace with { Value = "stock" }, Request = new() { Answer = Answer(403, message: MayNot) } }),
    };

    // What fails besides the cause; all else must not.
    private static readonly Dictionary<string, Check> Also = new()
    {
        ["no pod at all"] = Check.Mount,
        ["two namespaces and a refusal"] = Check.Authentication,
        ["a server that is not ready"] = Check.Access,
        ["no variables, expired"] = Check.Token,
        ["no mount, nobody listens"] = Check.Network,
        ["expired, nobody listens"] = Check.Network,
        ["no CA, timed out"] = Check.Network,
        ["malformed, another CA"] = Check.Tls,
        ["two namespaces, forbidden"] = Check.Authorization,
    };

    /// <summary>Each of them as something that can be done to evidence.</summary>
    internal static IReadOnlyList<(string Name, Func<AccessEvidence, AccessEvidence> Break)> Faults => [.. Cases.Select(item => (item.Key, item.Value.Break))];

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_the_cause(string name)
    {
        var expected = Cases[name];

        var report = AccessJudge.Judge(expected.Break(Evidence));

        Assert.Equal(expected.Cause, report.Cause);
        Assert.False(report.Success);
        var check = report.Checks.First(c => c.Status == AccessCheckStatus.Fail);
        Assert.Equal(Also.TryGetValue(name, out var also) ? [expected.Check, also] : [expected.Check], report.Checks.Where(c => c.Status == AccessCheckStatus.Fail).Select(c => c.Name));
        Assert.Equal(expected.Check, check.Name);
        Assert.Contains(expected.Words, $"{check.Detail} {check.Remedy}", StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(check.Remedy));
        Assert.False(string.IsNullOrWhiteSpace(report.Summary));
        Assert.Equal(Enum.GetValues<Check>(), report.Checks.Select(c => c.Name));
        Assert.All(report.Checks.Where(c => c.Status is AccessCheckStatus.Pass or AccessCheckStatus.Skip), c => Assert.Null(c.Remedy));
        Assert.All(report.Checks, c => Assert.False(string.IsNullOrWhiteSpace(c.Detail)));
    }

    [Fact]
    public void Every_cause_has_a_case() =>
        Assert.Equal(Enum.GetValues<AccessCause>().Where(c => c != None), Cases.Values.Select(c => c.Cause).Distinct().Order());

    private static AccessEvidence Shorten(AccessEvidence e, int bytes) => e with { Token = e.Token with { SignatureBytes = bytes } };

    private static AccessEvidence Nowhere(AccessEvidence e) => Env(NoFiles(e), null, null) with { Mount = e.Mount with { Exists = false } };

    private static AccessEvidence Env(AccessEvidence e, string? host, string? port) => (e with
    {
        Environment = new() { Source = host is null && port is null ? EndpointSource.None : EndpointSource.Environment, ServiceHost = host, ServicePort = port },
        Network = null,
    }).StopAfterNetwork();

    private static AccessEvidence Given(AccessEvidence e, string url) =>
        (e with { Environment = new() { Source = EndpointSource.Question, ServiceHost = url }, Network = null }).StopAfterNetwork();

    private static AccessEvidence NoFiles(AccessEvidence e) => Untried(e with
    {
        Token = new() { File = Missing("token") },
        Namespace = new() { File = Missing("namespace") },
        CertificateAuthority = new() { File = Missing("ca.crt") },
    });

    private static AccessEvidence Untried(AccessEvidence e) => Shake(e, tls => tls with { Trusted = null, ValidNow = true });

    private static AccessEvidence Net(AccessEvidence e, StepOutcome outcome) =>
        e.Network is null ? e : (e with { Network = e.Network with { Outcome = outcome, Error = outcome.ToString() } }).StopAfterNetwork();

    private static AccessEvidence Shake(AccessEvidence e, Func<TlsEvidence, TlsEvidence> change) =>
        e.Tls is null ? e : (e with { Tls = change(e.Tls) }).StopAfterTls();

    private static AccessEvidence Serve(AccessEvidence e, HttpEvidence answer) => e with { Server = new() { Answer = answer } };

    private static AccessEvidence Silent(AccessEvidence e, StepOutcome outcome) =>
        Serve(e, NoAnswer(outcome, "/version")) with { Request = new() { Answer = NoAnswer(outcome) } };

    private static AccessEvidence Date(AccessEvidence e, DateTimeOffset date) =>
        e.Server is null ? e : e with { Server = e.Server with { Answer = e.Server.Answer with { Date = date } } };

    private static AccessEvidence Mute(AccessEvidence e) => e with
    {
        Administrator = new() { Server = "https://api.example:6443", SignatureProblem = "You may not get it.", ReviewProblem = "You may not create token reviews." },
    };

    private static AccessEvidence NotReady(AccessEvidence e) => (e with { Server = new() { Answer = Answer(200, "/version"), GitVersion = "v1.36.2", Readiness = Answer(500, "/readyz"), NotReady = ["etcd"] } }) with
    {
        Request = new() { Answer = Answer(500, message: "etcdserver: no leader") },
    };

    private static AccessEvidence Objects(AccessEvidence e, Func<AdministratorEvidence, AdministratorEvidence> change) => e with { Administrator = change(e.Administrator!) };

    private static AccessEvidence Roles(AccessEvidence e, params RoleEvidence[] roles) => e with
    {
        Request = new() { Answer = Answer(403, message: MayNot) },
        Administrator = new() { Server = "https://api.example:6443", Roles = roles },
    };

    private static RoleEvidence Role(string name, string verbs, string resources) =>
        new() { Name = name, Rules = [new() { Verbs = verbs.Split(' '), ApiGroups = [""], Resources = resources.Split(' ') }] };

    private static AuthorizationEvidence Rights(bool allowed) => new() { Answer = Answer(201, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"), Allowed = allowed };

    private static FileEvidence Missing(string name) => File(name) with { Exists = false };

    private static FileEvidence Unreadable(string name) => File(name) with { Problem = "this process may not read it" };

    private sealed record Case(AccessCause Cause, Check Check, string Words, Func<AccessEvidence, AccessEvidence> Break);
}
