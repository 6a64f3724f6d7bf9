using System.Globalization;
using System.Management.Automation;
using System.Text;
using KubeSa.Cmdlets;
using KubeSa.Formatting;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>What is shown and compared in every terminal and culture alike.</summary>
public sealed class MarksTests
{
    [Theory]
    [InlineData("utf-8", "✔")]
    [InlineData("utf-16", "✔")]
    [InlineData("us-ascii", "+")]
    [InlineData("iso-8859-1", "+")]
    public void Marks_are_distinct_characters_that_the_terminal_has(string encoding, string pass)
    {
        var marks = Marks.For(Encoding.GetEncoding(encoding));
        Assert.Equal(pass, marks.Pass);
        string[] all = [marks.Pass, marks.Warn, marks.Fail, marks.Skip, marks.Arrow];
        Assert.Equal(all.Length, all.Distinct().Count());
        var output = Encoding.GetEncoding(encoding);
        Assert.Equal(all, all.Select(mark => output.GetString(output.GetBytes(mark))));
    }

    [Fact]
    public void A_name_matches_in_turkish_as_in_english()
    {
        Assert.True(new NamePattern("*BUILDER*").Matches("image-builder"));
        CultureInfo turkish;
        try
        {
            turkish = CultureInfo.GetCultureInfo("tr-TR", predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            Assert.Skip("This machine has no ICU and knows no culture but the invariant one.");
            return;
        }

        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = turkish;

            // What would go wrong, or the test could not fail.
            Assert.False(WildcardPattern.Get("*BUILDER*", WildcardOptions.IgnoreCase).IsMatch("image-builder"));
            Assert.True(new NamePattern("*BUILDER*").Matches("image-builder"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
