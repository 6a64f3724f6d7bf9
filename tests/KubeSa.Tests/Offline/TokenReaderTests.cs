using KubeSa.Api;
using KubeSa.Client.Tokens;
using Xunit;

namespace KubeSa.Tests.Offline;

public sealed class TokenReaderTests
{
    [Fact]
    public void Gives_times_in_local_time()
    {
        var info = TokenReader.Read(Jwts.Make(Jwts.Bound));
        Assert.Equal(DateTimeKind.Local, info.ExpiresAt!.Value.Kind);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), info.IssuedAt!.Value.ToUniversalTime());
        Assert.Equal(new DateTime(2023, 11, 14, 23, 13, 27, DateTimeKind.Utc), info.WarnAfter!.Value.ToUniversalTime());
        Assert.False(info.IsExpired);
    }

    [Theory]
    [InlineData("  {0}\r\n")]
    [InlineData("Bearer {0}")]
    [InlineData("bearer   {0}\n")]
    public void Takes_a_token_with_what_copying_leaves_around_it(string form)
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Jwts.Make(Jwts.Bound));
        Assert.Equal("cart-7", TokenReader.Read(text).PodName);
    }

    [Theory]
    [InlineData("""{"aud":"one"}""", "one")]
    [InlineData("""{"aud":["one","two"]}""", "one,two")]
    [InlineData("""{"aud":["one",2,null,{"a":1}]}""", "one")]
    [InlineData("""{"aud":{"a":1}}""", "")]
    [InlineData("""{"aud":7}""", "")]
    public void Reads_one_audience_or_several(string payload, string expected) =>
        Assert.Equal(expected, string.Join(',', TokenReader.Read(Jwts.Make(payload)).Audiences));

    [Theory]
    [InlineData("1700000000", 0)]
    [InlineData("1700000000.5", 500)]
    [InlineData("1.7e9", 0)]
    public void Reads_numeric_dates_with_and_without_a_fraction(string number, int milliseconds) =>
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(1700000000000 + milliseconds).LocalDateTime,
            TokenReader.Read(Jwts.Make($$"""{"exp":{{number}}}""")).ExpiresAt);

    [Theory]
    [InlineData("""{"exp":"soon"}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":1e300}""")]
    [InlineData("""{"exp":-5}""")]
    [InlineData("""{"exp":253402300800}""")]
    [InlineData("""{"iss":5,"sub":["x"],"jti":{},"nbf":true}""")]
    [InlineData("""{"sub":"\ud800"}""")]
    [InlineData("""{"kubernetes.io":7}""")]
    [InlineData("""{"kubernetes.io":{"serviceaccount":"cart"}}""")]
    [InlineData("""{"iss":"kubernetes/serviceaccount"}""")]
    [InlineData("{}")]
    public void Leaves_out_what_has_no_sense_and_reads_the_rest(string payload)
    {
        var info = TokenReader.Read(Jwts.Make(payload));
        Assert.Equal(TokenKind.Unknown, info.Kind);
        Assert.Null(info.UserName);
        Assert.Null(info.ExpiresAt);
        Assert.Empty(info.Groups);
        Assert.Equal("k-1", info.KeyId);
    }

    [Fact]
    public void Reads_what_another_issuers_token_says()
    {
        var info = TokenReader.Read(Jwts.Make("""{"iss":"https://login.example","sub":"ann","exp":1}""", """{"alg":"none","kid":5}"""));
        Assert.Equal((TokenKind.Unknown, "https://login.example", "ann", "none", null), (info.Kind, info.Issuer, info.UserName, info.Algorithm, info.KeyId));
        Assert.True(info.IsExpired);
    }

    [Fact]
    public void Reads_the_header_of_an_encrypted_token()
    {
        var info = TokenReader.Read(Jwts.Make("{}", """{"alg":"RSA-OAEP","enc":"A256GCM","kid":"e-1"}""") + ".YQ.YQ");
        Assert.Equal((TokenKind.Unknown, "RSA-OAEP", "e-1"), (info.Kind, info.Algorithm, info.KeyId));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    [InlineData("Bearer ", "empty")]
    [InlineData("SECRETSECRET", "three parts")]
    [InlineData("SECRET.SECRET", "three parts")]
    [InlineData("SECRET.SECRET.SECRET", "header")]
    [InlineData("S!CRET.SECRET.SECRET", "header")]
    [InlineData("eyJhIjoxfQ.SECRET.SECRET", "payload")]
    [InlineData("eyJhIjoxfQ.W10.SECRET", "payload is not a JSON object")]
    [InlineData("eyJhIjoxfQ.e30.SECRET!", "signature is not base64url")]
    [InlineData("eyJhIjoxfQ.e30.SECRET==", "plain base64")]
    [InlineData("eyJhIjoxfQ=.e30.SECRET", "plain base64")]
    [InlineData("eyJhIjoxfQ.e3+0.SECRET", "plain base64")]
    [InlineData("eyJhIjoxfQ.e30.SEC\nRET", "a line break")]
    [InlineData("eyJhIjoxfQ.e30.SECRET.SECRET.SECRET", "pasted twice")]
    [InlineData("eyJhIjoxfQ.e30.SECRETeyJhIjoxfQ.e30.SECRET", "pasted twice")]
    [InlineData("ZXlKaGJHY2lPaUpTVXpJMU5pSXNJbXRwWkNJNklqUlhkRU15", "base64")]
    public void Refuses_what_is_no_token_without_repeating_it(string text, string why)
    {
        var failure = Assert.Throws<KubeApiException>(() => TokenReader.Read(text));
        Assert.Equal(FailureKind.InvalidToken, failure.Kind);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public void Refuses_a_text_of_more_than_a_mebibyte() =>
        Assert.Equal(
            FailureKind.InvalidToken,
            Assert.Throws<KubeApiException>(() => TokenReader.Read(Jwts.Make("{}") + new string('A', 1024 * 1024))).Kind);
}
