using System.Text.Json;

namespace KubeSa.Analysis.Use;

/// <summary>Tells by the beginning of a log whether each line is a whole object, or whether objects and lists go over many lines.</summary>
internal static class LogShape
{
    /// <summary>Null where more must be seen first.</summary>
    /// <param name="bytes">The beginning.</param>
    /// <param name="isAll">Whether no more is to be had.</param>
    internal static bool? IsDocument(ReadOnlySpan<byte> bytes, bool isAll)
    {
        var start = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return isAll ? false : null;
        }

        bytes = bytes[start..];
        if (bytes[0] != '{')
        {
            // Some collectors begin a line with a time in brackets.
            var inside = bytes[1..].IndexOfAnyExcept(" \t\r\n"u8);
            return bytes[0] == '[' && (inside < 0 || bytes[inside + 1] is (byte)'{' or (byte)']');
        }

        var end = bytes.IndexOf((byte)'\n');
        if (end < 0 && !isAll)
        {
            return null;
        }

        // A first line without end is a list on one line, or one very long event: both can be taken apart.
        var first = end < 0 ? bytes : bytes[..end];
        if (IsWhole(first))
        {
            return false;
        }

        var rest = end < 0 ? [] : bytes[(end + 1)..];
        var next = rest.IndexOfAnyExcept("\r\n"u8);
        return next < 0 ? (isAll ? end < 0 && bytes.Length >= LogSplitter.BlockSize : null) : rest[next] != '{';
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            reader.Skip();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
