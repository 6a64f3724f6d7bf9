using System.Globalization;
using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Offline;

public sealed class TokenTextTests
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("  {0}\t\r\n")]
    [InlineData("\uFEFF{0}\n")]
    [InlineData("Bearer {0}")]
    [InlineData("\uFEFFbearer\t {0}\r\n")]
    [InlineData("BEARER\n{0}")]
    public void Takes_away_what_copying_leaves_around_a_token(string form) =>
        Assert.Equal("a.b.c", TokenText.Read(string.Format(CultureInfo.InvariantCulture, form, "a.b.c"), "It", "t"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("Bearer")]
    [InlineData("Bearer \n")]
    public void Leaves_nothing_of_what_is_no_token(string text) => Assert.Equal(string.Empty, TokenText.Read(text, "It", "t"));

    [Theory]
    [InlineData("kubeconfig-user-x2k:9fj~+/=")]
    [InlineData("BearerToken")]
    [InlineData("!#$&'*^`|{}")]
    public void Passes_on_what_is_no_JWT_but_can_be_sent(string token) => Assert.Equal(token, TokenText.Read(token, "It", "t"));

    [Theory]
    [InlineData("SEC\nRET", "a line break")]
    [InlineData("SEC\r\nRET", "a line break")]
    [InlineData("SEC\0RET", "a NUL character")]
    [InlineData("SEC RET", "a space")]
    [InlineData("SEC\tRET", "a tab")]
    [InlineData("SEC\u0007RET", "U+0007")]
    [InlineData("SEC\u00E9RET", "U+00E9")]
    [InlineData("SEC\u200BRET", "U+200B")]
    [InlineData("SECRET\0", "a NUL character")]
    [InlineData("Bearer Bearer SECRET", "a space")]
    public void Names_what_cannot_be_sent_and_never_the_token(string text, string what)
    {
        var failure = Assert.Throws<KubeApiException>(() => TokenText.Read(text, "The token", "target"));
        Assert.Equal((FailureKind.InvalidToken, "target"), (failure.Kind, failure.Target));
        Assert.Contains($"The token cannot be sent: it has {(what[0] == 'U' ? "the character " : string.Empty)}{what} inside", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SEC", failure.Message, StringComparison.Ordinal);
    }
}
