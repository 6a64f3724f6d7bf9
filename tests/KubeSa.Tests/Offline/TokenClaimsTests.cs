using System.Security.Cryptography;
using KubeSa.Client;
using KubeSa.Diagnosis;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>Without a server the times and claims of a token that is signed well are judged strictly.</summary>
public sealed class TokenClaimsTests
{
    private const string Header = """{"alg":"RS256"}""";

    private static readonly RSA Key = RSA.Create(2048);
    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>What is changed in a good token, by its name; the cause that this must have; and a word that must be said.</summary>
    private static readonly Dictionary<string, (AccessCause Cause, string Word, Func<string> Token)> Cases = new()
    {
        ["nothing"] = (AccessCause.None, "Offline", () => Bound()),
        ["nothing, legacy"] = (AccessCause.None, "Offline", () => Sign(Jwts.Legacy)),
        ["exp with a fraction"] = (AccessCause.None, "Offline", () => Bound("exp", $"{Now + 60}.5")),
        ["exp with an exponent"] = (AccessCause.None, "Offline", () => Bound("exp", "4.1e9")),
        ["no nbf"] = (AccessCause.None, "Offline", () => Bound("nbf", null)),
        ["no iat"] = (AccessCause.None, "Offline", () => Bound("iat", null)),
        ["expired half a minute ago"] = (AccessCause.None, "Offline", () => Bound("exp", $"{Now - 30}")),
        ["from half a minute on"] = (AccessCause.None, "Offline", () => Bound("nbf", $"{Now + 30}")),
        ["expired an hour ago"] = (AccessCause.TokenExpired, "expired", () => Bound("exp", $"{Now - 3600}")),
        ["exp of 0"] = (AccessCause.TokenExpired, "1970-01-01", () => Bound("exp", "0")),
        ["from an hour on"] = (AccessCause.TokenNotYetValid, "good from", () => Bound("nbf", $"{Now + 3600}")),
        ["issued in an hour"] = (AccessCause.TokenNotYetValid, "was issued", () => Bound("iat", $"{Now + 3600}")),
        ["no exp"] = (AccessCause.TokenMalformed, "exp", () => Bound("exp", null)),
        ["no payload"] = (AccessCause.TokenMalformed, "issuer", () => Sign("{}")),
        ["no iss"] = (AccessCause.TokenMalformed, "issuer", () => Bound("iss", null)),
        ["iss of a number"] = (AccessCause.TokenMalformed, "issuer", () => Bound("iss", "5")),
        ["no sub"] = (AccessCause.TokenMalformed, "subject", () => Bound("sub", null)),
        ["an empty sub"] = (AccessCause.TokenMalformed, "subject", () => Bound("sub", "\"\"")),
        ["another sub"] = (AccessCause.TokenMalformed, "contradicts itself", () => Bound("sub", "\"system:serviceaccount:kube-system:admin\"")),
        ["another sub, legacy"] = (AccessCause.TokenMalformed, "contradicts itself", () => Sign(Jwts.Legacy.Replace("shop:cart", "shop:other", StringComparison.Ordinal))),
        ["no account uid"] = (AccessCause.TokenMalformed, "uid of its account", () => Sign(Jwts.Bound.Replace(",\"uid\":\"u-1\"", string.Empty, StringComparison.Ordinal))),
        ["no Secret, legacy"] = (AccessCause.TokenMalformed, "its Secret", () => Sign(Jwts.Legacy.Replace("secret.name", "secret.nick", StringComparison.Ordinal))),
        ["exp in a legacy token"] = (AccessCause.TokenMalformed, "'exp'", () => Sign(Jwts.Legacy.Replace("\"sub\"", "\"exp\":null,\"sub\"", StringComparison.Ordinal))),
        ["aud of a number"] = (AccessCause.TokenMalformed, "audience", () => Bound("aud", "[\"a\",5]")),
        ["jti of a number"] = (AccessCause.TokenMalformed, "jti", () => Bound("jti", "5")),
        ["sub twice"] = (AccessCause.TokenMalformed, "twice", () => Sign(Jwts.Bound.Replace("\"sub\"", "\"sub\":\"a\",\"sub\"", StringComparison.Ordinal))),
        ["crit"] = (AccessCause.TokenMalformed, "crit", () => Sign(Jwts.Bound, """{"alg":"RS256","crit":["moon"],"moon":1}""")),
        ["an empty crit"] = (AccessCause.TokenMalformed, "crit", () => Sign(Jwts.Bound, """{"alg":"RS256","crit":[]}""")),
    };

    public static TheoryData<string> Names
    {
        get
        {
            TheoryData<string> names = [.. Cases.Keys];
            return names;
        }
    }

    public static TheoryData<string, string> BadTimes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var claim in (string[])["exp", "nbf", "iat"])
            {
                foreach (var value in (string[])["-1", "-1e18", "\"4100000000\"", "\"\"", "null", "true", "[]", "{}", "1e300", "99999999999999999999", "253402300800"])
                {
                    data.Add(claim, value);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Judges_the_claims(string name)
    {
        var (cause, word, token) = Cases[name];
        var result = Test(token());
        Assert.Equal((cause, cause == AccessCause.None), (result.Cause, result.Valid));
        Assert.Contains(word, result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadTimes))]
    public void Refuses_what_is_no_time_and_never_says_that_it_never_expires(string claim, string value)
    {
        foreach (var token in (string[])[Bound(claim, value), Sign(Jwts.Legacy.Replace("\"sub\"", $"\"{claim}\":{value},\"sub\"", StringComparison.Ordinal))])
        {
            var result = Test(token);
            Assert.Equal((AccessCause.TokenMalformed, false), (result.Cause, result.Valid));
            Assert.Contains($"'{claim}'", result.Summary, StringComparison.Ordinal);
            Assert.DoesNotContain(result.Checks, check => check.Detail.Contains("never expires", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Says_that_it_asked_no_server()
    {
        var result = Test(Bound());
        Assert.Contains("is signed by key", result.Summary, StringComparison.Ordinal);
        Assert.Contains("no server was asked", result.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://kubernetes.default.svc", AccessCause.None)]
    [InlineData("api", AccessCause.None)]
    [InlineData("vault", AccessCause.TokenAudienceMismatch)]
    public void Takes_a_legacy_token_for_the_API_servers_own_audiences(string audience, AccessCause cause)
    {
        var result = Test(Sign(Jwts.Legacy), audience);
        Assert.Equal(cause, result.Cause);
        Assert.Contains("names no audience", result.Checks.Single(check => check.Name == TokenTestCheckName.Audience).Detail, StringComparison.Ordinal);
    }

    private static TokenTestResult Test(string token, params string[] audiences) =>
        TokenJudge.Judge(new KubeGateway().VerifyToken(token, audiences, Key.ExportSubjectPublicKeyInfoPem(), isJwks: false));

    private static string Bound(string? claim = null, string? json = null)
    {
        var claims = System.Text.Json.Nodes.JsonNode.Parse(Jwts.Bound)!.AsObject();
        if (claim is not null)
        {
            claims.Remove(claim);
        }

        var text = claims.ToJsonString();
        return Sign(json is null ? text : $$"""{"{{claim}}":{{json}},{{text[1..]}}""");
    }

    private static string Sign(string payload, string header = Header) => Jwts.Sign(Key, "RS256", keyId: null, payload, header);
}
