using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeSa.Client.Yaml;

/// <summary>
/// Reads the documents of a YAML stream (YAML 1.2), each when it is asked for. From the parser's events and not by the
/// library's YamlStream, which reads all documents before it gives the first and knows no bounds. A damaged document
/// does not take those behind it with it.
/// </summary>
internal static class YamlText
{
    /// <param name="text">The stream.</param>
    /// <param name="typed">What plain scalars mean; null to leave them as they are written.</param>
    /// <param name="stop">Ends the reading.</param>
    internal static IEnumerable<TextDocument> Read(string text, Func<Scalar, object>? typed = null, CancellationToken stop = default)
    {
        var damaged = 0;
        foreach (var (part, line) in YamlParts.Of(text))
        {
            var parser = new Parser(new StringReader(part));
            while (Next(parser, line, typed, stop) is { } document)
            {
                yield return document;
                if (document.Root is not Damage)
                {
                    continue;
                }

                if (++damaged == TextDocument.MostDamaged)
                {
                    yield return TextDocument.GivenUp(line);
                    yield break;
                }

                break;
            }
        }
    }

    /// <param name="parser">Where to read on.</param>
    /// <param name="first">The line in which the part begins that the parser reads.</param>
    /// <param name="typed">What plain scalars mean.</param>
    /// <param name="stop">Ends the reading.</param>
    private static TextDocument? Next(Parser parser, long first, Func<Scalar, object>? typed, CancellationToken stop)
    {
        var start = first;
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart document)
                {
                    start = first + document.Start.Line - 1;
                    parser.MoveNext();
                    return new TextDocument(new YamlComposer(parser, first, stop, typed).Compose(), start);
                }
            }

            return null;
        }
        catch (YamlBudgetException e)
        {
            return new TextDocument(new Damage(e.Message), start);
        }
        catch (YamlException e)
        {
            return Broken(e.Start.Line);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the scanner throws for some broken plain scalars and escapes, where it means a syntax error.
            return Broken(parser.Current?.End.Line ?? 1);
        }

        TextDocument Broken(long line) => new(new Damage($"it is not valid YAML in line {first + line - 1}"), start);
    }
}
