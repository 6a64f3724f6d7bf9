using KubeSa.Diagnosis;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

public sealed class TokenJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly TokenInfo Token = new()
    {
        Kind = TokenKind.Bound,
        Namespace = "ns",
        ServiceAccount = "app",
        ServiceAccountUid = "u1",
        UserName = "system:serviceaccount:ns:app",
        Issuer = "https://issuer",
        Audiences = ["https://issuer"],
        ExpiresAt = Now.LocalDateTime.AddHours(1),
    };

    private static readonly SignatureEvidence Signed = new() { Verified = true, KeyIdKnown = true, TokenKeyId = "k", VerifiedByKeyId = "k", Algorithm = "RS256", ServerKeyIds = ["k"] };

    private static readonly TokenTestEvidence Refused = new()
    {
        Clock = Now,
        Info = Token,
        Administrator = new AdministratorEvidence
        {
            Server = "https://s",
            Signature = Signed,
            Review = new ReviewEvidence { Error = "no words that are known" },
            ServiceAccount = new ObjectEvidence { Reference = "Service account ns/app", ClaimedUid = "u1", Uid = "u1" },
        },
    };

    public static TheoryData<AccessCause, TokenTestEvidence> Cases => new()
    {
        { AccessCause.TokenRejected, Refused },
        { AccessCause.TokenMalformed, Refused with { Info = null, Problem = "It is empty." } },
        { AccessCause.TokenExpired, Refused with { Clock = Now.AddHours(2) } },
        { AccessCause.ServiceAccountDeleted, About(view => view with { ServiceAccount = view.ServiceAccount! with { Uid = null } }) },
        { AccessCause.ServiceAccountDeleted, About(view => view with { ServiceAccount = view.ServiceAccount! with { Uid = "u2" } }) },
        { AccessCause.TokenRejected, About(view => view with { ServiceAccount = view.ServiceAccount! with { Uid = null, Problem = "may not" } }) },
        { AccessCause.BoundObjectDeleted, About(view => view with { Node = new ObjectEvidence { Reference = "Node n" } }) },
        { AccessCause.SecretDeleted, About(view => view with { Secret = new ObjectEvidence { Reference = "Secret ns/s", Uid = "x", HoldsToken = false } }) },
        { AccessCause.TokenMalformed, With(Signed with { Verified = false }) },
        { AccessCause.TokenMalformed, With(Signed with { Verified = false, KeyIdKnown = null, Bytes = 250 }) },
        { AccessCause.TokenMalformed, Refused with { ClaimFaults = ["it names no subject (sub)"] } },
        { AccessCause.SignatureKeyUnknown, With(Signed with { Verified = false, KeyIdKnown = null }) },
        { AccessCause.TokenRejected, With(Signed with { Verified = false, NamedKeyUnusable = true }) },
        { AccessCause.SignatureKeyUnknown, With(Signed with { KeyIdKnown = false }) },
        { AccessCause.TokenRejected, With(Signed, new ReviewEvidence { Error = "invalid bearer token" }) },
        { AccessCause.IssuerUnknown, About(view => view with { Issuer = "https://new", Review = new ReviewEvidence { Error = "invalid bearer token" } }) },
        { AccessCause.TokenRejected, About(view => view with { Issuer = "https://issuer", Review = new ReviewEvidence { Error = "invalid bearer token" } }) },
        { AccessCause.Unknown, Refused with { Administrator = new AdministratorEvidence { Server = "https://s", SignatureProblem = "no", ReviewProblem = "no" } } },
        { AccessCause.Unknown, About(view => view with { Review = null, ReviewProblem = "You may not." }) },
        { AccessCause.Unknown, About(view => view with { Review = null, ReviewProblem = "You may not.", Signature = null, SignatureProblem = "You may not." }) },
        { AccessCause.ServiceAccountDeleted, About(view => view with { Review = null, ReviewProblem = "You may not.", ServiceAccount = view.ServiceAccount! with { Uid = null } }) },
        { AccessCause.TokenExpired, About(view => view with { Review = null, ReviewProblem = "You may not." }) with { Clock = Now.AddHours(2) } },
        { AccessCause.TokenAudienceMismatch, About(view => view with { Review = new ReviewEvidence { Authenticated = true, UserName = "u" } }) with { Audiences = ["vault"] } },
        { AccessCause.TokenAudienceMismatch, About(view => view with { Review = new ReviewEvidence { Authenticated = true, UserName = "u", Audiences = ["https://issuer"] } }) with { Audiences = ["vault"] } },
        { AccessCause.None, About(view => view with { Review = new ReviewEvidence { Authenticated = true, UserName = "u", Audiences = ["vault"] } }) with { Audiences = ["vault", "x"] } },
        { AccessCause.Unknown, About(view => view with { Review = null, ReviewProblem = "You may not." }) with { Audiences = ["https://issuer", "vault"] } },
        { AccessCause.TokenAudienceMismatch, About(view => view with { Review = null, ReviewProblem = "You may not." }) with { Audiences = ["vault"] } },
        { AccessCause.None, With(Signed, new ReviewEvidence { Authenticated = true, UserName = "u" }) },
        { AccessCause.None, With(Signed with { KeyIdKnown = null, TokenKeyId = null }, new ReviewEvidence { Authenticated = true, UserName = "u" }) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_the_cause(AccessCause cause, TokenTestEvidence evidence)
    {
        var result = TokenJudge.Judge(evidence);
        Assert.Equal((cause, cause == AccessCause.None), (result.Cause, result.Valid));
        Assert.NotEmpty(result.Summary);
    }

    [Fact]
    public void Says_that_the_server_was_not_asked()
    {
        var result = TokenJudge.Judge(About(view => view with { Review = null, ReviewProblem = "You may not create tokenreviews." }));
        Assert.Contains("It is not known whether https://s accepts the token", result.Summary, StringComparison.Ordinal);
        var review = result.Checks.Single(check => check.Name == TokenTestCheckName.Review);
        Assert.Equal(AccessCheckStatus.Warn, review.Status);
        Assert.Contains("was not asked whether it accepts the token: You may not create tokenreviews.", review.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_server_accepts_is_good_whatever_else_was_seen()
    {
        var result = TokenJudge.Judge(Refused with
        {
            Administrator = Refused.Administrator! with
            {
                Review = new ReviewEvidence { Authenticated = true, UserName = "u" },
                ServiceAccount = new ObjectEvidence { Reference = "Service account ns/app", ClaimedUid = "u1" },
            },
        });
        Assert.True(result.Valid);
        var account = result.Checks.Single(check => check.Name == TokenTestCheckName.ServiceAccount);
        Assert.Equal(AccessCheckStatus.Warn, account.Status);
        Assert.Contains("accepts the token all the same", account.Detail, StringComparison.Ordinal);
    }

    private static TokenTestEvidence About(Func<AdministratorEvidence, AdministratorEvidence> change) => Refused with { Administrator = change(Refused.Administrator!) };

    private static TokenTestEvidence With(SignatureEvidence signature, ReviewEvidence? review = null) =>
        Refused with { Administrator = Refused.Administrator! with { Signature = signature, Review = review ?? Refused.Administrator.Review } };
}
