using System.Text.RegularExpressions;
using KubeSa.Contract.Replay;

namespace KubeSa.Contract.Kubectl;

/// <summary>Takes out of kubectl's output what no two runs share and no pattern of the replay binds.</summary>
internal static partial class NormalizedOutput
{
    public static string Of(Recording recording, string text)
    {
        text = Age().Replace(text, "AGE");
        text = Blanks().Replace(text, " ");
        text = Version().Replace(text, "resourceVersion: \"N\"");
        text = Size().Replace(text, "N bytes");
        text = LogLine().Replace(text, "E log]");
        text = ClientVersion().Replace(text, "");
        text = Skew().Replace(text, "client (1.N)");
        // kubectl goes through the data of a Secret in no order.
        return recording.Place == "21-19" ? string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal)) : text;
    }

    [GeneratedRegex(@"(?<= )(\d+[ydhms])+(?=\s)", RegexOptions.ExplicitCapture)]
    private static partial Regex Age();

    // The width of a column follows its widest value.
    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();

    [GeneratedRegex("resourceVersion: \"\\d+\"")]
    private static partial Regex Version();

    [GeneratedRegex(@"\d+ bytes")]
    private static partial Regex Size();

    [GeneratedRegex("^(Client|Kustomize) Version: .*\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ClientVersion();

    [GeneratedRegex(@"client \(1\.\d+\)")]
    private static partial Regex Skew();

    [GeneratedRegex(@"^E\d{4} [\d:.]+ +\d+ \w+\.go:\d+\]", RegexOptions.Multiline)]
    private static partial Regex LogLine();
}
