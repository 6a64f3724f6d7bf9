using System.Text;
using System.Text.Json;
using KubeSa.Client.Yaml;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Reads the documents of a JSON text: one after the other, with nothing, blanks or <c>---</c> between them. Behind a
/// damaged one the next begins at the next line that begins as one.
/// </summary>
internal static class JsonText
{
    private const byte LineFeed = (byte)'\n';

    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Whether the text is JSON, rather than YAML, whose flow style also begins with a brace.</summary>
    internal static bool Looks(string text)
    {
        var start = text.AsSpan().TrimStart('\uFEFF').TrimStart();
        return start is ['{' or '[', .. var rest] && rest.TrimStart() is [] or ['"' or '{' or '[' or '}' or ']', ..];
    }

    internal static IEnumerable<TextDocument> Read(string text, CancellationToken stop = default)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var line = 1L;
        var damaged = 0;
        for (var start = SkipBlanks(bytes, 0, ref line); start < bytes.Length; start = SkipBlanks(bytes, start, ref line))
        {
            stop.ThrowIfCancellationRequested();
            var (root, length) = ReadOne(bytes.AsMemory(start), line);
            yield return new TextDocument(root, line);
            line += bytes.AsSpan(start, length).Count(LineFeed);
            start += length;
            if (root is Damage && ++damaged == TextDocument.MostDamaged)
            {
                yield return TextDocument.GivenUp(line);
                yield break;
            }
        }
    }

    private static int SkipBlanks(byte[] bytes, int position, ref long line)
    {
        while (position < bytes.Length)
        {
            var rest = bytes.AsSpan(position);
            var blank = rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or LineFeed;
            if (!blank && !rest.StartsWith("---"u8))
            {
                break;
            }

            line += rest[0] == LineFeed ? 1 : 0;
            position += blank ? 1 : 3;
        }

        return position;
    }

    private static (object? Root, int Length) ReadOne(ReadOnlyMemory<byte> bytes, long line)
    {
        try
        {
            var length = Measure(bytes.Span);
            var document = JsonDocument.Parse(bytes[..length], DocumentOptions);
            return (JsonNodes.Root(document.RootElement), length);
        }
        catch (JsonException e)
        {
            return (new Damage($"it is not valid JSON in line {line + (e.LineNumber ?? 0)}"), ToNextDocument(bytes.Span));
        }
    }

    /// <summary>How far it is to the next line on which a document may begin: what lies inside of one is indented, as a rule.</summary>
    private static int ToNextDocument(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf(LineFeed) is var length and >= 0;)
        {
            at += length + 1;
            if (bytes[at..] is [(byte)'{' or (byte)'[', ..] || bytes[at..].StartsWith("---"u8))
            {
                return at;
            }
        }

        return bytes.Length;
    }

    private static int Measure(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, Options);
        reader.Read();
        reader.Skip();
        return (int)reader.BytesConsumed;
    }
}
