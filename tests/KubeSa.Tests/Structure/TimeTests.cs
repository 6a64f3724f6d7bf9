using System.Text.RegularExpressions;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>Times have one form, wherever they are told.</summary>
public sealed partial class TimeTests
{
    private static readonly string[] Folders = ["src/KubeSa", "src/KubeSa.Client"];

    [Fact]
    public void A_time_is_written_in_iso_8601_with_a_T()
    {
        var files = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var formats = files.SelectMany(file => Format().Matches(File.ReadAllText(file)).Select(found => $"{Path.GetFileName(file)}: {found.Value}")).ToList();
        Assert.NotEmpty(formats);
        Assert.DoesNotContain(formats, format => !format.Contains("dd'T'HH", StringComparison.Ordinal) && !format.Contains("ddTHH", StringComparison.Ordinal));
    }

    // A day alone is none.
    [GeneratedRegex("yyyy-MM-dd[^\"}]*HH[^\"}]*")]
    private static partial Regex Format();
}
