using System.Text.RegularExpressions;
using KubeSa.Diagnosis;
using Xunit;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;

namespace KubeSa.Tests.Diagnosis;

/// <summary>What a report for strangers leaves out, and what it must keep.</summary>
public sealed partial class TicketTests
{
    // Of names no part of which is a word that reports use anyway.
    private static readonly AccessEvidence Private = Evidence with
    {
        Question = new AccessQuestion { Namespace = "zeta-payments", MountPath = "/srv/zeta/mount" },
        Environment = Evidence.Environment with { ServiceHost = "api.zeta.example", ApiServer = "https://api.zeta.example:6443", HostName = "zeta-7f-x" },
        Mount = Evidence.Mount with { Path = "/srv/zeta/mount" },
        Token = Evidence.Token with
        {
            Info = new TokenInfo
            {
                Kind = TokenKind.Bound,
                Namespace = "zeta-payments",
                ServiceAccount = "zeta-cart",
                UserName = "system:serviceaccount:zeta-payments:zeta-cart",
                Issuer = "https://oidc.zeta.example/id/1",
                Audiences = ["https://oidc.zeta.example/id/1"],
                PodName = "zeta-cart-7",
                NodeName = "zeta-node",
                KeyId = "key-1",
                ExpiresAt = Now.AddHours(1).LocalDateTime,
            },
        },
        Namespace = Evidence.Namespace with { Value = "zeta-payments" },
        Network = Evidence.Network! with { Host = "api.zeta.example", Port = 6443, Addresses = ["192.0.2.7", "2001:db8::7"] },
        Tls = Evidence.Tls! with { ServerName = "api.zeta.example", Certificate = Certificate("CN=zeta-api", "CN=zeta-ca", "api.zeta.example") },
    };

    [Fact]
    public void No_name_and_no_address_is_left_of_any_failure()
    {
        foreach (var fault in CauseTests.Faults)
        {
            var ticket = AccessJudge.Judge(fault.Break(Private)).ToTicket();
            Assert.False(ticket.Contains("zeta", StringComparison.OrdinalIgnoreCase), $"{fault.Name}: {ticket}");
            Assert.False(Addresses().IsMatch(ticket), $"{fault.Name}: {ticket}");
        }
    }

    [Fact]
    public void The_same_value_is_the_same_word_everywhere_and_the_rest_stays()
    {
        var ticket = AccessJudge.Judge(Private.Refused()).ToTicket();
        Assert.StartsWith("TokenRejected: ", ticket, StringComparison.Ordinal);
        Assert.Contains("2026-11-23T12:00:00Z, system:serviceaccount:<namespace-1>:<account-1>, server v1.36.2", ticket, StringComparison.Ordinal);
        Assert.Contains("the account <namespace-1>/<account-1> was deleted", ticket, StringComparison.Ordinal);
        Assert.Contains("<key-1>", ticket, StringComparison.Ordinal);
        Assert.Contains("Test-KubeInClusterAccess -AdminConnection", ticket, StringComparison.Ordinal);
        Assert.Equal(10, ticket.Split('\n').Count(line => Status().IsMatch(line)));
    }

    [Theory]
    [InlineData("pods is forbidden: User \"jane@zeta.example\" cannot list resource \"pods\" in API group \"\" at the cluster scope")]
    [InlineData("zetas.crd.zeta.io is forbidden: User \"zeta-jane\" cannot list resource \"zetas\" in API group \"crd.zeta.io\" in the namespace \"zeta-other\"")]
    [InlineData("admission webhook \"policy.zeta.io\" denied the request: ask ops@zeta.example or see wiki.zeta.example")]
    [InlineData("denied: ask zeta.jane@example.com or zeta-ops@example.com for it")]
    [InlineData("User \"system:serviceaccount:zeta-ns:zeta-app\" cannot get; error looking up service account zeta-ns/zeta-app: serviceaccount \"zeta-app\" not found")]
    [InlineData("RBAC: allowed by RoleBinding \"zeta-binding/zeta-ns\" of ClusterRole \"zeta-role\" to ServiceAccount \"zeta-app/zeta-ns\"")]
    public void Names_in_the_servers_sentences_are_left_out(string said)
    {
        var report = AccessJudge.Judge(Private with
        {
            Keys = new KeysEvidence { Answer = Private.Request!.Answer, Signature = new SignatureEvidence { TokenKeyId = "zeta-key", ServerKeyIds = ["zeta-key-2"] } },
            Request = Private.Request! with { ItemCount = null, Answer = Private.Request!.Answer with { Status = 403, Kind = "Status", Reason = "Forbidden", Message = said } },
            Authorization = new AuthorizationEvidence { Allowed = false, Reason = said, Answer = Private.Request!.Answer with { Status = 201, Kind = "SelfSubjectAccessReview" } },
        });
        var ticket = report.ToTicket() + Formatting.TicketText.Of(new AccessReport
        {
            Cause = report.Cause,
            Summary = said,
            Timestamp = report.Timestamp,
            Checks = [new AccessCheck { Name = AccessCheckName.Access, Status = AccessCheckStatus.Fail, Detail = said }],
        }, keepNames: false);
        Assert.False(ticket.Contains("zeta", StringComparison.OrdinalIgnoreCase), ticket);
    }

    [Fact]
    public void A_name_that_is_a_part_of_another_does_not_cut_it()
    {
        var redactor = new Formatting.TicketRedactor([("account", "web"), ("namespace", "web-shop")], keepNames: false);
        Assert.Equal("<namespace-1>/<account-1>", redactor.On("web-shop/web"));
    }

    [Fact]
    public void Names_are_kept_for_a_ticket_in_ones_own_house()
    {
        var ticket = AccessJudge.Judge(Private.Refused()).ToTicket(keepNames: true);
        Assert.Contains("system:serviceaccount:zeta-payments:zeta-cart", ticket, StringComparison.Ordinal);
        Assert.DoesNotContain("zeta.example", ticket, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.7", ticket, StringComparison.Ordinal);
    }

    [Fact]
    public void What_every_cluster_has_is_kept()
    {
        var ticket = AccessJudge.Judge(Evidence.With(Legacy).Refused()).ToTicket();
        Assert.Contains(Mount, ticket, StringComparison.Ordinal);
        Assert.Contains("CN=kubernetes", ticket, StringComparison.Ordinal);
        Assert.DoesNotContain("shop", ticket, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(?:10|192|172)\.\d+\.\d+\.\d+|2001:db8")]
    private static partial Regex Addresses();

    [GeneratedRegex("^(Pass|Warn|Fail|Skip) [A-Z]")]
    private static partial Regex Status();
}
