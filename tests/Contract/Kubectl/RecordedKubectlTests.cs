using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary>kubectl's own view of a server, as recorded with 1.20 and 1.36, of the sandbox.</summary>
public sealed class RecordedKubectlTests
{
    public static IEnumerable<TheoryDataRow<string?, string>> Rows() =>
        KubectlProgram.Paths().DefaultIfEmpty(null).SelectMany(_ => Versions, (path, version) => new TheoryDataRow<string?, string>(path, version));

    private static readonly string[] Versions = ["1.20", "1.36"];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Prints_what_was_recorded(string? path, string version)
    {
        var kubectl = await KubectlProgram.OrSkipAsync(path);

        var outcomes = await RecordedRun.PlayAsync(kubectl, version);

        Assert.NotEmpty(outcomes);
        var wrong = outcomes.Where(o => o.Value.Count > 0).Select(o => $"{o.Key}\n  {string.Join("\n  ", o.Value)}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {outcomes.Count} differ:\n{string.Join('\n', wrong)}");
    }
}
