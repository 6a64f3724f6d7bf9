using KubeSa.Client.Tokens;
using KubeSa.Diagnosis;
using KubeSa.Tests.Offline;
using Xunit;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;

namespace KubeSa.Tests.Diagnosis;

/// <summary>What real servers told an administrator gets the cause that it was recorded for.</summary>
public sealed class RecordedVerdictTests
{
    [Theory]
    [InlineData("kubernetes-1.20", "20-15-after-review-manual", "20-10-after-jwks", AccessCause.SignatureKeyUnknown)]
    [InlineData("kubernetes-1.36", "20-15-after-review-manual", "20-10-after-jwks", AccessCause.SignatureKeyUnknown)]
    [InlineData("kubernetes-1.20", "12-07-review-foreign-key", "15-11-jwks-accept-any", AccessCause.TokenMalformed)]
    [InlineData("kubernetes-1.36", "12-07-review-foreign-key", "15-11-jwks-accept-any", AccessCause.TokenMalformed)]
    [InlineData("kubernetes-1.20", "12-04-review-expired", "15-11-jwks-accept-any", AccessCause.TokenExpired)]
    [InlineData("kubernetes-1.36", "12-04-review-expired", "15-11-jwks-accept-any", AccessCause.TokenExpired)]
    [InlineData("kubernetes-1.20", "12-05-review-deleted-account", "15-11-jwks-accept-any", AccessCause.ServiceAccountDeleted)]
    [InlineData("kubernetes-1.36", "12-05-review-deleted-account", "15-11-jwks-accept-any", AccessCause.ServiceAccountDeleted)]
    [InlineData("kubernetes-1.20", "12-06-review-deleted-pod", "15-11-jwks-accept-any", AccessCause.BoundObjectDeleted)]
    [InlineData("kubernetes-1.36", "12-06-review-deleted-pod", "15-11-jwks-accept-any", AccessCause.BoundObjectDeleted)]
    [InlineData("kubernetes-1.20", "12-08-review-audience", "15-11-jwks-accept-any", AccessCause.TokenAudienceMismatch)]
    [InlineData("kubernetes-1.36", "12-08-review-audience", "15-11-jwks-accept-any", AccessCause.TokenAudienceMismatch)]
    [InlineData("kubernetes-1.20", "12-01-review-good", "15-11-jwks-accept-any", AccessCause.TokenRejected)]
    [InlineData("kubernetes-1.36", "12-01-review-good", "15-11-jwks-accept-any", AccessCause.TokenRejected)]
    public void Names_the_cause_of_a_recorded_refusal(string version, string review, string keys, AccessCause cause)
    {
        var exchange = Recordings.Read(version, review);
        var token = exchange.GetProperty("request").GetProperty("body").GetProperty("spec").GetProperty("token").GetString()!;
        var status = exchange.GetProperty("response").GetProperty("body").GetProperty("status");
        var info = TokenReader.Read(token);
        var evidence = (Evidence with { Clock = new DateTimeOffset(info.IssuedAt ?? Now.LocalDateTime) }).With(info) with
        {
            Namespace = Evidence.Namespace with { Value = info.Namespace },
            Server = Evidence.Server! with { Answer = Evidence.Server.Answer with { Date = null } },
        };

        var report = AccessJudge.Judge(evidence.Refused() with
        {
            Administrator = new AdministratorEvidence
            {
                Server = "https://127.0.0.1:6443",
                Signature = SignatureVerifier.Verify(token, VerificationKeys.FromJwks(Recordings.Body(version, keys))),
                Review = new ReviewEvidence
                {
                    Authenticated = status.TryGetProperty("authenticated", out var authenticated) && authenticated.GetBoolean(),
                    Error = status.TryGetProperty("error", out var error) ? error.GetString() : null,
                },
            },
        });

        Assert.Equal(cause, report.Cause);
    }
}
