using System.Text.RegularExpressions;
using KubeSa.Formatting;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed partial class AccessReportTextTests
{
    private static readonly AccessReport Report = new()
    {
        Cause = AccessCause.TokenRejected,
        Summary = "The server refuses the token",
        UserName = "system:serviceaccount:a:b",
        Timestamp = DateTime.Now,
        Checks =
        [
            new AccessCheck { Name = AccessCheckName.Environment, Status = AccessCheckStatus.Pass, Detail = "Well." },
            new AccessCheck
            {
                Name = AccessCheckName.Authentication,
                Status = AccessCheckStatus.Fail,
                Detail = string.Join(' ', Enumerable.Repeat("word", 40)),
                Remedy = string.Join(' ', Enumerable.Repeat("mend", 40)),
            },
            new AccessCheck { Name = AccessCheckName.Access, Status = AccessCheckStatus.Skip, Detail = "Not tried." },
        ],
    };

    [Fact]
    public void Begins_with_the_cause_and_marks_each_check()
    {
        var lines = Plain(0);
        Assert.Equal("✘ TokenRejected: The server refuses the token", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("  ✔ Environment", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  ✘ Authentication", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  - Access", StringComparison.Ordinal));
    }

    [Fact]
    public void Wraps_at_words_under_the_column_it_began_in()
    {
        var lines = Plain(80);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 79));
        Assert.Equal(40, lines.Sum(line => line.Split(' ').Count(word => word == "word")));
        Assert.Contains(lines, line => line.StartsWith(new string(' ', 25) + "word", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(new string(' ', 23) + "→ mend", StringComparison.Ordinal));
    }

    private static string[] Plain(int width) => Colours().Replace(AccessReportText.Of(Report, width), string.Empty).Split('\n');

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();
}
