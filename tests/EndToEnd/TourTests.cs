using Xunit;

namespace KubeSa.EndToEnd;

/// <summary>The tour as the README's first command runs it.</summary>
public sealed class TourTests
{
    [Fact]
    public async Task The_tour_tells_the_story_and_shows_no_token()
    {
        var (exitCode, output) = await Tool.RunAsync(
            "dotnet",
            ["run", "--no-build", "--configuration", Checkout.Configuration, "--project", Path.Combine("src", "KubeSa.Tour")],
            TimeSpan.FromMinutes(2),
            TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
        Assert.Matches("(?s)TokenRejected.*SignatureKeyUnknown.*There are 14 pods in the cluster", output);
        Assert.DoesNotContain("eyJ", output);
        Assert.DoesNotContain('\u001b', output);
    }
}
