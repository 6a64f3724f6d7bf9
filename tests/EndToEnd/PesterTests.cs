using Xunit;

namespace KubeSa.EndToEnd;

/// <summary>
/// Shows the Pester files (tests/&lt;Family&gt;/&lt;Verb-Noun&gt;.Tests.ps1) to dotnet test: each It is a test here. All of
/// them run in one pwsh, which is dear to start.
/// </summary>
public sealed class PesterTests
{
    /// <summary>Every It and how it ended; every file, to be skipped, where there is no pwsh or no Pester.</summary>
    public static async Task<IEnumerable<ITheoryDataRow>> Results()
    {
        try
        {
            var results = await PesterRun.AllAsync(TestContext.Current.CancellationToken);
            return results.Select(Row);
        }
        catch (ToolMissingException missing)
        {
            return Checkout.PesterFiles.Select(file => Row(new PesterResult(file, "all of it", "Skipped", missing.Message)));
        }
    }

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Pester_says_passed(string result, string message) => Assert.True(result == "Passed", message);

    [Fact]
    public void Every_cmdlet_has_a_Pester_file()
    {
        var tested = Checkout.PesterFiles.Select(file => Path.GetFileName(file).Replace(".Tests.ps1", string.Empty));
        Assert.NotEmpty(Checkout.Cmdlets);
        Assert.Empty(Checkout.Cmdlets.Except(tested));
    }

    private static TheoryDataRow<string, string> Row(PesterResult test) => new(test.Result, test.Message)
    {
        TestDisplayName = $"{test.File}: {test.Name}",
        Label = string.Empty,
        Skip = test.Result is "Skipped" or "Inconclusive" ? test.Message : null,
    };
}
