namespace KubeSa.Tests.Diagnosis;

/// <summary>Evidence of a pod where all is well, and the short names of what can be put in its place.</summary>
internal static class HealthyEvidence
{
    internal const string Issuer = "https://kubernetes.default.svc";
    internal const string Mount = "/var/run/secrets/kubernetes.io/serviceaccount";

    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    internal static readonly TokenInfo Bound = Token();

    internal static readonly TokenInfo Legacy = new()
    {
        Kind = TokenKind.Legacy,
        Namespace = "shop",
        ServiceAccount = "cart",
        ServiceAccountUid = "u-1",
        UserName = "system:serviceaccount:shop:cart",
        Issuer = "kubernetes/serviceaccount",
        SecretName = "cart-token-1",
        Algorithm = "RS256",
        KeyId = "key-1",
    };

    internal static readonly CertificateEvidence Ca = Certificate("CN=kubernetes", "CN=kubernetes");

    internal static readonly AccessEvidence Evidence = new()
    {
        Question = new AccessQuestion(),
        Clock = Now,
        Environment = new EnvironmentEvidence
        {
            Source = EndpointSource.Environment,
            ServiceHost = "10.96.0.1",
            ServicePort = "443",
            ApiServer = "https://10.96.0.1",
        },
        Mount = new MountEvidence { Path = Mount, Exists = true },
        Token = new TokenEvidence { File = File("token"), Info = Bound },
        Namespace = new NamespaceEvidence { File = File("namespace"), Value = "shop" },
        CertificateAuthority = new CertificateAuthorityEvidence { File = File("ca.crt"), Certificates = [Ca] },
        Network = new NetworkEvidence { Host = "10.96.0.1", Port = 443, Addresses = ["10.96.0.1"], Elapsed = TimeSpan.FromMilliseconds(2) },
        Tls = new TlsEvidence
        {
            ServerName = "10.96.0.1",
            Certificate = Certificate("CN=kube-apiserver", "CN=kubernetes", "10.96.0.1", "kubernetes.default"),
            Trusted = true,
            NameMatches = true,
            ValidNow = true,
        },
        Server = new ServerEvidence { Answer = Answer(200, "/version") with { Kind = null, Date = Now }, GitVersion = "v1.36.2" },
        Request = new RequestEvidence { Answer = Answer(200, "/api/v1/pods?limit=1"), ItemCount = 14 },
    };

    internal static TokenInfo Token(
        DateTimeOffset? until = null, DateTimeOffset? from = null, DateTimeOffset? due = null, string audience = Issuer, string? pod = "cart-7", string? secret = null, string? node = null) => new()
        {
            Kind = TokenKind.Bound,
            Namespace = "shop",
            ServiceAccount = "cart",
            ServiceAccountUid = "u-1",
            UserName = "system:serviceaccount:shop:cart",
            Issuer = Issuer,
            Audiences = [audience],
            Algorithm = "RS256",
            KeyId = "key-1",
            PodName = pod,
            SecretName = secret,
            NodeName = node,
            NotBefore = (from ?? Now.AddHours(-1)).LocalDateTime,
            ExpiresAt = (until ?? Now.AddHours(1)).LocalDateTime,
            WarnAfter = due?.LocalDateTime,
        };

    internal static FileEvidence File(string name) => new() { Path = $"{Mount}/{name}", Exists = true };

    internal static CertificateEvidence Certificate(string subject, string issuer, params string[] names) => new()
    {
        Subject = subject,
        Issuer = issuer,
        Names = names,
        NotBefore = Now.AddYears(-1),
        NotAfter = Now.AddYears(1),
        Thumbprint = subject + issuer,
    };

    internal static HttpEvidence Answer(int status, string path = "/api/v1/pods", string? message = null) => new()
    {
        Method = "GET",
        Path = path,
        Status = status,
        ContentType = "application/json",
        Kind = status < 300 ? "PodList" : "Status",
        Message = message,
        Reason = status == 403 ? "Forbidden" : null,
    };

    internal static HttpEvidence NoAnswer(StepOutcome outcome, string path = "/api/v1/pods") => new() { Method = "GET", Path = path, Outcome = outcome, Error = outcome.ToString() };

    internal static HttpEvidence Html(int status, string path = "/version") => new() { Method = "GET", Path = path, Status = status, ContentType = "text/html" };

    /// <summary>The evidence as it is where nothing after a step could be tried.</summary>
    internal static AccessEvidence StopAfterNetwork(this AccessEvidence evidence) => evidence with { Tls = null, Server = null, Request = null };

    internal static AccessEvidence StopAfterTls(this AccessEvidence evidence) => evidence with { Server = null, Request = null };

    internal static AccessEvidence With(this AccessEvidence evidence, TokenInfo token) => evidence with { Token = evidence.Token with { Info = token } };

    /// <summary>The server refuses the token, and an administrator is told this.</summary>
    internal static AccessEvidence Refused(this AccessEvidence evidence, string? error = null, SignatureEvidence? signature = null, bool accepted = false) => evidence with
    {
        Request = new RequestEvidence { Answer = Answer(401, message: "Unauthorized") },
        Administrator = error is null && signature is null && !accepted
            ? null
            : new AdministratorEvidence
            {
                Server = "https://api.example:6443",
                Signature = signature,
                Review = new ReviewEvidence { Authenticated = accepted, Error = error },
            },
    };

    internal static SignatureEvidence Signature(bool verified, bool? known, params string[] server) => new()
    {
        Verified = verified,
        KeyIdKnown = known,
        TokenKeyId = known is null ? null : "key-1",
        Algorithm = "RS256",
        ServerKeyIds = server,
    };
}
