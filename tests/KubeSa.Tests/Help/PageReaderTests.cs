using KubeSa.Help;
using Xunit;

namespace KubeSa.Tests.Help;

public sealed class PageReaderTests
{
    [Fact]
    public void Makes_plain_text_of_the_description() => Assert.Equal(
        ["Tries everything and more, see here (https://example.org/here).", "- one", "- two"], Samples.Page.Description);

    [Fact]
    public void Reads_examples_with_their_output_and_remarks()
    {
        Assert.Collection(
            Samples.Page.Examples,
            first =>
            {
                Assert.Equal("Try it", first.Title);
                Assert.Equal("Test-Sample a |\n    Out-Null", first.Code.ReplaceLineEndings("\n"));
                Assert.Equal("Name\n----\na", first.Output!.ReplaceLineEndings("\n"));
                Assert.Equal(["It says a."], first.Remarks);
            },
            second => Assert.Equal(("Test-Sample b", null), (second.Code, second.Output)));
    }

    [Fact]
    public void Reads_notes_and_links()
    {
        Assert.Equal(["It does nothing."], Samples.Page.Notes);
        Assert.Equal([new HelpLink("Get-Sample", null), new HelpLink("The web", "https://example.org/")], Samples.Page.Links);
    }

    [Theory]
    [InlineData("# Get-Other\n\nText.", 1)]
    [InlineData("Text.", 1)]
    [InlineData("# A-B\n\nText.\n\n## Exampel: wrong\n\n```powershell\nx\n```", 5)]
    [InlineData("# A-B\n\nText.\n\n## Example: no code\n\nText.", 5)]
    [InlineData("# A-B\n\nText.\n\n## Example: another language\n\n```bash\nls\n```", 5)]
    [InlineData("# A-B\n\nText.\n\n```powershell\nGet-Date\n```", 5)]
    [InlineData("# A-B\n\nText with <b>markup</b>.", 3)]
    [InlineData("# A-B\n\nText with *emphasis*.", 3)]
    [InlineData("# A-B\n\nText.\n\n## Links\n\nGet-Date", 7)]
    public void Names_file_and_line_of_what_help_cannot_hold(string markdown, int line)
    {
        var failure = Assert.Throws<HelpSourceException>(() => PageReader.Read("pages/A-B.md", markdown));
        Assert.StartsWith($"pages/A-B.md({line}): error ", failure.Message, StringComparison.Ordinal);
    }
}
