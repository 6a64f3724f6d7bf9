using System.Text;
using System.Text.Json;

namespace KubeSa.Cmdlets;

/// <summary>
/// Puts together what the pipeline brings in pieces: a native command's output arrives line by line, a file read with
/// -Raw or a line of JSON Lines at once.
/// </summary>
internal sealed class PipelineText
{
    private readonly StringBuilder _lines = new();

    /// <summary>Takes a piece; gives back each text that is whole.</summary>
    internal IEnumerable<string> Add(string piece)
    {
        if (_lines.Length == 0 && IsWhole(piece))
        {
            yield return piece;
            yield break;
        }

        _lines.Append(piece).Append('\n');
    }

    /// <summary>Whether nothing was put together so far.</summary>
    internal bool IsEmpty => _lines.Length == 0;

    /// <summary>What was put together so far; null where there is nothing.</summary>
    internal string? Rest()
    {
        var text = _lines.Length == 0 ? null : _lines.ToString();
        _lines.Clear();
        return text;
    }

    // A native command never sends a line feed within a line.
    private static bool IsWhole(string piece) => piece.AsSpan().TrimEnd("\r\n").Contains('\n') || IsJsonObject(piece);

    private static bool IsJsonObject(string piece)
    {
        var text = piece.AsSpan().Trim();
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
        {
            return false;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(piece));
        try
        {
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            // Not whole yet, or not JSON: the reader of the whole text will say which.
            return false;
        }
    }
}
