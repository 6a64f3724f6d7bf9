using System.Net;
using System.Security;
using KubeSa.Api;
using KubeSa.Client.Secrets;
using Xunit;
using static KubeSa.Tests.Offline.SecretTexts;

namespace KubeSa.Tests.Offline;

public sealed class SecretDecoderTests
{
    [Fact]
    public void Decodes_every_field()
    {
        var notices = new List<Notice>();
        var secret = Decode(Yaml("cart-token"), notices).Single();
        Assert.Equal(("shop", "cart-token", "cart", "u-1", "shop", "s-1"),
            (secret.Namespace, secret.Name, secret.ServiceAccount, secret.ServiceAccountUid, secret.TokenNamespace, secret.Uid));
        Assert.Equal(["CN=one", "CN=two"], secret.CaCertificates.Select(c => c.Subject));
        Assert.Equal(Token, secret.Token);
        Assert.Equal("cart-7", secret.Info!.PodName);
        Assert.Equal((new DateTime(2026, 11, 23), new DateTime(2026, 11, 24)), (secret.LastUsed, secret.InvalidSince));
        Assert.Equal(DateTimeKind.Local, secret.CreationTimestamp!.Value.Kind);
        Assert.Empty(notices);
    }

    [Fact]
    public void Hides_the_token_unless_asked_for_plain_text()
    {
        var document = SecretTexts.Read(Yaml("cart-token")).Single();
        var token = Assert.IsType<SecureString>(SecretDecoder.Decode(document, asPlainText: false, _ => { }).Token);
        Assert.Equal(Token, new NetworkCredential("", token).Password);
        Assert.True(token.IsReadOnly());
    }

    [Fact]
    public void Refuses_a_token_that_no_secure_string_can_hold()
    {
        var document = SecretTexts.Read(Yaml("a", token: new string('x', 70_000))).Single();
        Assert.Equal(FailureKind.InvalidSecret, Assert.Throws<KubeApiException>(() => SecretDecoder.Decode(document, asPlainText: false, _ => { })).Kind);
    }

    [Theory]
    [InlineData("kind: ConfigMap\nmetadata: {name: a}\n", FailureKind.InvalidSecret, "ConfigMap")]
    [InlineData("metadata: {name: a}\n", FailureKind.InvalidSecret, "neither a kind nor a type")]
    [InlineData("kind: Secret\nmetadata: {name: a}\n", FailureKind.SecretNotTokenType, "Opaque")]
    [InlineData("type: kubernetes.io/tls\nmetadata: {name: a}\n", FailureKind.SecretNotTokenType, "kubernetes.io/tls")]
    [InlineData("kind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/service-account-token\ndata: {token: U0VDUkVU!}\n", FailureKind.InvalidSecret, "'token' is no base64")]
    [InlineData("kind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/service-account-token\ndata: {ca.crt: U0VDUkVU!}\n", FailureKind.InvalidSecret, "'ca.crt' is no base64")]
    public void Refuses_what_it_cannot_decode_and_says_why(string text, FailureKind kind, string why)
    {
        var failure = Assert.Throws<KubeApiException>(() => Decode(text));
        Assert.Equal((kind, "a"), (failure.Kind, failure.Target));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("U0VDUkVU", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_secret_without_data_and_tells_what_is_missing()
    {
        var notices = new List<Notice>();
        var secret = Decode("kind: Secret\nmetadata: {name: a}\ntype: kubernetes.io/service-account-token\n", notices).Single();
        Assert.Equal((null, null, null, null), (secret.Token, secret.Info, secret.TokenNamespace, secret.Namespace));
        Assert.Empty(secret.CaCertificates);
        Assert.Contains("no token yet", Assert.Single(notices.OfType<WarningNotice>()).Message, StringComparison.Ordinal);
        Assert.Equal(2, notices.OfType<VerboseNotice>().Count());
    }

    [Fact]
    public void Takes_a_token_that_is_no_jwt_and_warns()
    {
        var notices = new List<Notice>();
        var secret = Decode(Yaml("a", token: "opaque-SECRETVALUE"), notices).Single();
        Assert.Equal(("opaque-SECRETVALUE", null), (secret.Token, secret.Info));
        var warning = Assert.IsType<WarningNotice>(Assert.Single(notices));
        Assert.Contains("shop/a", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETVALUE", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage", 0)]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 0)]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{0}", 2)]
    public void Takes_the_certificates_that_can_be_read_and_warns_of_the_others(string form, int count)
    {
        var notices = new List<Notice>();
        var ca = form.Replace("{0}", CaPem, StringComparison.Ordinal);
        Assert.Equal(count, Decode(Yaml("a", ca: ca), notices).Single().CaCertificates.Length);
        Assert.IsType<WarningNotice>(Assert.Single(notices));
    }

    [Fact]
    public void Takes_plain_data_before_encoded_and_base64_with_line_breaks()
    {
        var token = Encode(Token);
        var text = $"""
            kind: Secret
            type: kubernetes.io/service-account-token
            metadata: {"{name: a}"}
            data:
              token: |
                {token[..40]}
                {token[40..]}
              namespace: {Encode("one")}
            stringData:
              namespace: two
            """;
        var secret = Decode(text).Single();
        Assert.Equal((Token, "two"), (secret.Token, secret.TokenNamespace));
    }

    [Fact]
    public void Decodes_every_recorded_token_secret()
    {
        var secrets = Decode(Recordings.Body("kubernetes-1.20", "10-01-secrets-by-type-all"));
        Assert.All(secrets, s => Assert.Equal(s.ServiceAccount, s.Info!.ServiceAccount));
        Assert.All(secrets, s => Assert.Equal("CN=kubernetes-old", Assert.Single(s.CaCertificates).Subject));
        var used = Recordings.Body("kubernetes-1.36", "10-13-secret-get-used");
        Assert.Equal(new DateTime(2026, 11, 23), Decode(used).Single().LastUsed);
    }
}
