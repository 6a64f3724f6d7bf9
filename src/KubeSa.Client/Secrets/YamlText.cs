using KubeSa.Api;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Reads the documents of a YAML stream (YAML 1.2), each when it is asked for. From the parser's events and not by the
/// library's YamlStream, which reads all documents before it gives the first.
/// </summary>
internal static class YamlText
{
    internal static IEnumerable<TextDocument> Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (Next(parser) is { } document)
        {
            yield return document;
        }
    }

    private static TextDocument? Next(Parser parser)
    {
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart start)
                {
                    parser.MoveNext();
                    return new TextDocument(new YamlComposer(parser).Compose(), start.Start.Line);
                }
            }

            return null;
        }
        catch (YamlException e)
        {
            throw Broken(e.Start.Line);
        }
        catch (InvalidOperationException)
        {
            // What the scanner throws for some broken plain scalars, where it means a syntax error.
            throw Broken(parser.Current?.End.Line ?? 1);
        }
    }

    private static KubeApiException Broken(long line) =>
        new(FailureKind.InvalidSecret, $"The text is no valid YAML in line {line}.");
}
