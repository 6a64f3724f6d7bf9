using System.Diagnostics;
using KubeSa.Api;
using KubeSa.Secrecy;
using Xunit;

namespace KubeSa.Tests.Secrecy;

/// <summary>What the one place where credentials are taken out of text takes out, and what it leaves.</summary>
public sealed class RedactorTests
{
    private const string Basic = "Hunter-2-is-no-password";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var form in Disguises.All.Keys)
            {
                cases.Add(form, Disguises.Jwt);
                cases.Add(form, Disguises.Opaque);
                cases.Add(form, Basic);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Takes_out_a_credential_in_use(string form, string secret)
    {
        CredentialsInUse.Add(secret);
        var shown = Redactor.Redact($"The server says \"{Disguises.All[form](secret)}\", and no more.");
        Assert.StartsWith("The server says \"", shown, StringComparison.Ordinal);
        Assert.EndsWith("\", and no more.", shown, StringComparison.Ordinal);
        Assert.Contains(Redactor.Mark, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Disguises.Pieces(secret), piece => shown.Replace("\u200b", string.Empty, StringComparison.Ordinal).Contains(piece, StringComparison.Ordinal));
    }

    /// <summary>A name is mostly shown without a further look; it must not be a way out for credentials that look like one.</summary>
    [Theory]
    [InlineData("whole")]
    [InlineData("cut short")]
    [InlineData("reversed")]
    [InlineData("hex in small letters")]
    public void A_name_is_no_credential_of_small_letters_and_digits(string form)
    {
        const string Plain = "07401b.f395accd246ae52d";
        CredentialsInUse.Add(Plain);
        var name = $"pod-{Disguises.All[form](Plain)}";
        Assert.True(name.Length < 63);
        Assert.Contains(Redactor.Mark, SafeName.Of(name), StringComparison.Ordinal);
        Assert.Equal("web-7d9f8c6b5-x2x4z", SafeName.Of("web-7d9f8c6b5-x2x4z"));
    }

    [Fact]
    public void A_name_is_no_piece_of_a_token_in_hexadecimal_digits()
    {
        CredentialsInUse.Add(Disguises.Jwt);
        var piece = Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Disguises.Jwt[40..60]));
        Assert.Equal(Redactor.Mark, SafeName.Of(piece));
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("header")]
    [InlineData("base64")]
    [InlineData("base64 of the header")]
    [InlineData("url-encoded")]
    [InlineData("hex")]
    [InlineData("reversed")]
    public void Takes_out_what_has_the_shape_of_a_token_that_is_not_in_use(string form)
    {
        // Claims of its own, so that no piece of it is known.
        var stranger = "eyJraWQiOiJub2JvZHkifQ.eyJzdWIiOiJzdHJhbmdlciIsIm4iOjQyfQ.c3RyYW5nZXItc2lnbmF0dXJl";
        var shown = Redactor.Redact($"It says {Disguises.All[form](stranger)}.");
        Assert.DoesNotContain(Disguises.Pieces(stranger), piece => shown.Contains(piece, StringComparison.Ordinal));
        Assert.StartsWith("It says ", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:hunter2@proxy.example:3128/x", "hunter2", "proxy.example:3128/x")]
    [InlineData("http://user:p@ss@proxy.example", "p@ss", "proxy.example")]
    [InlineData("Authorization: Bearer abc123def", "abc123def", "Authorization: ")]
    [InlineData("invalid bearer q1w2e3r4t5, sorry", "q1w2e3r4t5", ", sorry")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEdGVzdA==\n-----END RSA PRIVATE KEY-----", "MIIEdGVzdA", "-----END")]
    public void Takes_out_what_has_the_form_of_a_credential(string text, string secret, string left)
    {
        var shown = Redactor.Redact(text);
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Contains(left, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serviceaccounts \"checkout-7d9f8c6b5-x2x4z\" is forbidden: User \"system:serviceaccount:team-a:web\" cannot get resource \"serviceaccounts\" in API group \"\" in the namespace \"team-a\"")]
    [InlineData("admission webhook \"policy.example.com\" denied the request: image docker.io/library/nginx@sha256:2d1b6aa9e0c5d6c3d1f4a5b6c7d8e9f00112233445566778899aabbccddeeff0 is not signed")]
    [InlineData("service account UID (6c637512-c417-4e78-9d62-b61258e4b619) does not match claim (0a0b0c0d-c417-4e78-9d62-b61258e4b619)")]
    [InlineData("[invalid bearer token, square/go-jose: error in cryptographic primitive, service account token has expired]")]
    [InlineData("Basic authentication is gone; see https://kubernetes.io/docs/reference/access-authn-authz/authentication/")]
    public void Leaves_what_servers_say(string text)
    {
        CredentialsInUse.Add(Disguises.Jwt);
        CredentialsInUse.Add(Disguises.Opaque);
        Assert.Equal(text, Redactor.Redact(text));
        Assert.Equal(text, SafeExcerpt.Of(text));
    }

    [Theory]
    [InlineData("a\u001b[31mred", "a\\u001b[31mred")]
    [InlineData("a\bb\u0000c\u007fd", "a\\u0008b\\u0000c\\u007fd")]
    [InlineData("a\u009b31mb", "a\\u009b31mb")]
    [InlineData("a\r\nb\rc\nd\te", "a b c d e")]
    [InlineData("a\u202egnp.exe", "a\\u202egnp.exe")]
    [InlineData("a\u200bb\u2066c\ufeffd", "a\\u200bb\\u2066c\\ufeffd")]
    [InlineData("a\u2028b", "a\\u2028b")]
    [InlineData("jörg 日本 😀", "jörg 日本 😀")]
    public void Shows_what_a_terminal_would_obey(string text, string shown) => Assert.Equal(shown, SafeExcerpt.Of(text));

    [Fact]
    public void Shows_half_a_surrogate_pair() => Assert.Equal("a\\ud800b", SafeExcerpt.Of("a\ud800b"));

    [Fact]
    public void Bounds_what_it_quotes_and_the_time_for_it()
    {
        CredentialsInUse.Add(Disguises.Jwt);
        var long1 = string.Concat(Enumerable.Repeat("a word and ", 1_000_000));
        var long2 = new string('a', 10_000_000);
        var long3 = string.Concat(Enumerable.Repeat(Disguises.Jwt + " ", 10_000));
        var watch = Stopwatch.StartNew();
        foreach (var text in new[] { long1, long2, long3 })
        {
            Assert.InRange(SafeExcerpt.Of(text)!.Length, 1, SafeExcerpt.Sentence + 4);
            Assert.InRange(Redactor.Clean(text).Length, 1, Redactor.Longest + 4);
            Assert.InRange(new KubeApiException(FailureKind.ServerError, text).Message.Length, 1, Redactor.Longest + 4);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
        Assert.DoesNotContain(Disguises.Pieces(Disguises.Jwt), piece => SafeExcerpt.Of(long3)!.Contains(piece, StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_that_is_cut_in_two_is_not_shown_in_part()
    {
        CredentialsInUse.Add(Disguises.Opaque);
        for (var start = Redactor.Longest - 40; start < Redactor.Longest; start++)
        {
            var shown = Redactor.Redact(new string(' ', start) + Disguises.Opaque + " the rest");
            Assert.DoesNotContain(Disguises.Opaque[..4], shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("plugin-token-0123456789-opaque", true)]
    [InlineData("ZG8tbm90LXNob3ctdGhpcw==", true)]
    [InlineData("dXNlcjpwYXNzd29yZC13aXRob3V0LWRpZ2l0cw", true)]
    [InlineData("password=hunter2x", true)]
    [InlineData("https://microsoft.com/devicelogin", false)]
    [InlineData("https://login.example.com/authorize?state=8d7fa89sd7f98asd7f98asd", false)]
    [InlineData("ABCD-EFGH", false)]
    [InlineData("6c637512-c417-4e78-9d62-b61258e4b619", false)]
    [InlineData("/home/user1/.azure/azureProfile.json", false)]
    [InlineData("authentication-required", false)]
    public void Takes_out_of_a_plugins_words_what_may_be_a_credential(string word, bool isOne)
    {
        var shown = SafeExcerpt.OfPlugin($"It says {word} now")!;
        Assert.Equal(isOne, !shown.Contains(word, StringComparison.Ordinal));
        Assert.EndsWith("now", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_failure_holds_a_credential_however_it_is_made()
    {
        CredentialsInUse.Add(Disguises.Opaque);
        var failure = new KubeApiException(FailureKind.InvalidName, $"'{Disguises.Opaque}' is not a name.", Disguises.Opaque);
        Assert.DoesNotContain(Disguises.Opaque, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Disguises.Opaque[..12], failure.Target, StringComparison.Ordinal);

        const string Pasted = "Zx81kLmNoPqRsTuVwXyZ0123456789ab";
        var pasted = new KubeApiException(FailureKind.InvalidName, $"'{Pasted}' is not a name.", Pasted);
        Assert.DoesNotContain(Pasted, pasted.ToString() + pasted.Target, StringComparison.Ordinal);

        var named = new KubeApiException(FailureKind.FileNotFound, $"'/tmp/{Pasted}' cannot be read.", $"/tmp/{Pasted}");
        Assert.DoesNotContain(Pasted, named.ToString() + named.Target, StringComparison.Ordinal);
        var folder = new KubeApiException(FailureKind.KubeConfigInvalid, "no", "/tmp/kubesa-kubeconfig-7LsF8O/broken");
        Assert.Equal("/tmp/kubesa-kubeconfig-7LsF8O/broken", folder.Target);

        var url = new KubeApiException(FailureKind.InvalidRequest, "no", "https://user:hunter2@host");
        Assert.DoesNotContain("hunter2", url.Target, StringComparison.Ordinal);
    }
}
