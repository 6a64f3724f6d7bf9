using System.Text.Json;
using System.Text.Json.Serialization;
using KubeSa.Diagnosis;
using Xunit;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;

namespace KubeSa.Tests.Diagnosis;

public sealed class JudgeTests
{
    [Theory]
    [InlineData("pods", null, 14, "There are 14 pods in the cluster")]
    [InlineData("pods", "shop", 1, "There is 1 pod in namespace shop")]
    [InlineData("pods", null, 0, "There are 0 pods in the cluster")]
    [InlineData("deployments.apps", "shop", 2, "There are 2 deployments in namespace shop")]
    [InlineData("networkpolicies.networking.k8s.io", null, 1, "There is 1 networkpolicy in the cluster")]
    [InlineData("ingresses.networking.k8s.io", null, 1, "There is 1 ingress in the cluster")]
    [InlineData("services", null, 1, "There is 1 service in the cluster")]
    public void Counts_as_the_program_of_the_story_does(string resource, string? ns, int count, string summary)
    {
        var report = AccessJudge.Judge(Evidence with
        {
            Question = new AccessQuestion { Resource = resource, Namespace = ns },
            Request = Evidence.Request! with { ItemCount = count },
        });
        Assert.True(report.Success);
        Assert.Equal((AccessCause.None, summary, count), (report.Cause, report.Summary, report.ItemCount));
        Assert.All(report.Checks, c => Assert.Equal(AccessCheckStatus.Pass, c.Status));
    }

    [Fact]
    public void Fills_the_report_from_the_evidence()
    {
        var report = AccessJudge.Judge(Evidence);
        Assert.Equal(("cart", "shop", "system:serviceaccount:shop:cart", "https://10.96.0.1", "v1.36.2", Now.LocalDateTime),
            (report.ServiceAccount, report.Namespace, report.UserName, report.ApiServer, report.ServerVersion, report.Timestamp));
    }

    [Fact]
    public void Says_so_where_not_all_were_counted() =>
        Assert.Equal("There are at least 500 pods in the cluster", AccessJudge.Judge(Evidence with { Request = Evidence.Request! with { ItemCount = 500, Incomplete = true } }).Summary);

    [Fact]
    public void Takes_the_servers_word_for_what_cannot_be_tried()
    {
        var report = AccessJudge.Judge(Evidence with
        {
            Question = new AccessQuestion { Verb = "delete", Namespace = "shop" },
            Request = null,
            Authorization = new AuthorizationEvidence { Answer = Answer(201), Allowed = true, Reason = "RBAC: allowed" },
        });
        Assert.True(report.Success);
        Assert.Equal("system:serviceaccount:shop:cart may delete pods in namespace shop", report.Summary);
        Assert.Equal(AccessCheckStatus.Skip, Status(report, AccessCheckName.Access));
    }

    [Fact]
    public void Still_judges_what_does_not_need_the_failed_check()
    {
        var report = AccessJudge.Judge(Evidence with { Token = new TokenEvidence { File = File("token") with { Empty = true } }, Request = null });
        Assert.Equal(
            [AccessCheckStatus.Pass, AccessCheckStatus.Pass, AccessCheckStatus.Fail, AccessCheckStatus.Pass, AccessCheckStatus.Pass, AccessCheckStatus.Pass,
             AccessCheckStatus.Pass, AccessCheckStatus.Skip, AccessCheckStatus.Skip, AccessCheckStatus.Skip],
            report.Checks.Select(c => c.Status));
        Assert.Contains("needs Token", report.Checks.Single(c => c.Name == AccessCheckName.Authentication).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_only_where_the_server_goes_on_all_the_same()
    {
        AccessEvidence[] odd =
        [
            Evidence.With(Token(until: Now.AddSeconds(-3))),
            Evidence.With(Token(due: Now.AddMinutes(-1))),
            Evidence with { Namespace = new NamespaceEvidence { File = File("namespace") with { Exists = false } } },
            Evidence with { CertificateAuthority = Evidence.CertificateAuthority with { Certificates = [Ca, Ca with { Subject = "CN=old", NotAfter = Now.AddDays(-1) }] } },
            Evidence with { CertificateAuthority = Evidence.CertificateAuthority with { Broken = 1 } },
            Evidence with { Server = new ServerEvidence { Answer = Answer(404, "/version") with { Kind = null } } },
            Evidence with { Server = Evidence.Server! with { Answer = Evidence.Server.Answer with { Date = Now.AddMinutes(10) } } },
            Evidence.With(new TokenInfo { Kind = TokenKind.Unknown, Issuer = "https://login.example", UserName = "ann" }),
        ];
        Assert.All(odd, e =>
        {
            var report = AccessJudge.Judge(e);
            Assert.True(report.Success, report.Summary);
            Assert.NotNull(Assert.Single(report.Checks, c => c.Status == AccessCheckStatus.Warn).Detail);
        });
    }

    [Fact]
    public void Takes_the_mounts_word_for_the_server_and_says_so()
    {
        var report = AccessJudge.Judge(Evidence with { Environment = Evidence.Environment with { Source = EndpointSource.MountFile } });
        Assert.True(report.Success);
        Assert.Contains("kubernetes.env", report.Checks[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judges_evidence_that_went_through_json_the_same()
    {
        var options = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } };
        var evidence = Evidence.With(Legacy).Refused(error: "[invalid bearer token, invalid signature, no keys found]", Signature(false, false, "key-2"));
        var json = JsonSerializer.Serialize(evidence, options);
        var read = JsonSerializer.Deserialize<AccessEvidence>(json, options)!;
        Assert.Equal(json, JsonSerializer.Serialize(read, options));
        Assert.Equal(JsonSerializer.Serialize(AccessJudge.Judge(evidence), options), JsonSerializer.Serialize(AccessJudge.Judge(read), options));
        Assert.Equal(AccessCause.SignatureKeyUnknown, AccessJudge.Judge(read).Cause);
    }

    [Fact]
    public void Never_reports_success_where_the_list_failed_whatever_else_was_seen()
    {
        var random = new Random(20170611);
        var successes = 0;
        for (var i = 0; i < 2000; i++)
        {
            var evidence = Draw(random);
            var report = AccessJudge.Judge(evidence);
            var listed = evidence.Request is { Answer: { Outcome: StepOutcome.Done, Status: 200 }, ItemCount: not null };

            // What is no list is not tried; then the server's word that it is allowed is all there is.
            var toldAllowed = evidence is { Request: null, Authorization.Allowed: true };
            successes += report.Success ? 1 : 0;
            Assert.True(listed || toldAllowed || !report.Success, JsonSerializer.Serialize(evidence));
            Assert.Equal(report.Success, report.Checks.All(c => c.Status != AccessCheckStatus.Fail));
        }

        // A draw in which nothing ever succeeds would show nothing.
        Assert.NotEqual(0, successes);
    }

    private static AccessEvidence Draw(Random random)
    {
        T Pick<T>(params T[] values) => values[random.Next(values.Length)];
        HttpEvidence AnyAnswer() => Pick(
            Answer(Pick(200, 201, 301, 400, 401, 403, 404, 429, 500, 503)) with { Kind = Pick("PodList", "Status", null), Message = Pick(null, "User \"system:anonymous\" cannot", "x") },
            NoAnswer(Pick(Enum.GetValues<StepOutcome>())),
            Html(Pick(200, 502)));
        return Evidence with
        {
            Environment = Pick(Evidence.Environment, new EnvironmentEvidence(), Evidence.Environment with { ServicePort = "x", ApiServer = null }),
            Token = Pick(Evidence.Token, new TokenEvidence { File = File("token") with { Exists = random.Next(2) == 0 } }, Evidence.Token with { Info = Pick(Legacy, Token(until: Now.AddDays(-1))) }),
            CertificateAuthority = Pick(Evidence.CertificateAuthority, new CertificateAuthorityEvidence { File = File("ca.crt") }),
            Network = Pick(null, Evidence.Network, Evidence.Network! with { Outcome = Pick(Enum.GetValues<StepOutcome>()) }),
            Tls = Pick(null, Evidence.Tls, Evidence.Tls! with { Trusted = Pick(true, false, (bool?)null), ValidNow = Pick(true, false), NameMatches = Pick(true, false) }),
            Server = Pick(null, Evidence.Server, new ServerEvidence { Answer = AnyAnswer() }),
            Request = Pick(null, Evidence.Request, new RequestEvidence { Answer = AnyAnswer(), ItemCount = Pick(null, (int?)3) }),
            Authorization = Pick(null, new AuthorizationEvidence { Answer = AnyAnswer(), Allowed = Pick(null, true, (bool?)false) }),
            Administrator = Pick(null, new AdministratorEvidence
            {
                Server = "https://x",
                Signature = Pick(null, Signature(random.Next(2) == 0, Pick(null, true, (bool?)false), "key-2")),
                Review = Pick(null, new ReviewEvidence { Authenticated = random.Next(3) == 0, Error = Pick(null, "invalid bearer token", "Token has been invalidated") }),
            }),
        };
    }

    private static AccessCheckStatus Status(AccessReport report, AccessCheckName name) => report.Checks.Single(c => c.Name == name).Status;
}
