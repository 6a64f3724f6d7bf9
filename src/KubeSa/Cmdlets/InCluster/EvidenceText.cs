using System.Text;
using KubeSa.Api;
using KubeSa.Diagnosis;

namespace KubeSa.Cmdlets;

/// <summary>
/// Evidence as users give it: the path of a file, or text, which the pipeline may bring line by line as a native command
/// writes it.
/// </summary>
internal sealed class EvidenceText
{
    private static readonly HashSet<string> Partners =
    [
        .. System.Management.Automation.PSCmdlet.CommonParameters, nameof(TestKubeInClusterAccessCommand.Evidence),
        nameof(TestKubeInClusterAccessCommand.LiteralPath),
        nameof(TestKubeInClusterAccessCommand.AdminConnection), nameof(TestKubeInClusterAccessCommand.Quiet),
    ];

    private readonly StringBuilder _lines = new();

    internal static bool GoesWithEvidence(string parameter) => Partners.Contains(parameter);

    /// <summary>Reads evidence; InvalidEvidence where it is none.</summary>
    internal static AccessEvidence Read(string text, string? source = null)
    {
        try
        {
            return EvidenceJson.Read(text);
        }
        catch (FormatException failure)
        {
            throw new KubeApiException(FailureKind.InvalidEvidence, $"{failure.Message} Test-KubeInClusterAccess -AsEvidence makes it.", source);
        }
    }

    /// <summary>Whether an argument is the evidence itself and not the path of a file.</summary>
    internal static bool IsText(string argument) => argument.Contains('{');

    /// <summary>Takes a piece of text; null where more is to come.</summary>
    internal AccessEvidence? Add(string piece)
    {
        if (_lines.Length == 0 && IsWhole(piece))
        {
            return Read(piece);
        }

        _lines.Append(piece).Append('\n');
        return null;
    }

    /// <summary>Whether nothing was put together so far.</summary>
    internal bool IsEmpty => _lines.Length == 0;

    /// <summary>What the pieces make by the end; null where there are none.</summary>
    internal AccessEvidence? Rest() => _lines.Length == 0 ? null : Read(_lines.ToString());

    private static bool IsWhole(string piece) =>
        piece.AsSpan().TrimEnd("\r\n").Contains('\n') || (piece.TrimStart().StartsWith("{\"", StringComparison.Ordinal) && piece.TrimEnd().EndsWith('}'));
}
