using KubeSa.Completion;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("plain-name_1.x", "plain-name_1.x")]
    [InlineData("arn:aws:eks:eu/one", "'arn:aws:eks:eu/one'")]
    [InlineData("it's", "'it''s'")]
    public void Quotes_names_that_need_it(string name, string text) =>
        Assert.Equal(text, CompletionText.Result(name, name).CompletionText);

    [Fact]
    public void Completes_nothing_and_says_nothing_without_a_connection()
    {
        using var engine = new HostedEngine();
        var result = engine.Run("(TabExpansion2 'Get-KubeServiceAccount -Namespace ').CompletionMatches.Count").RequireNoErrors();
        Assert.DoesNotContain(result.Text, text => text.StartsWith("kube-", StringComparison.Ordinal));
    }
}
