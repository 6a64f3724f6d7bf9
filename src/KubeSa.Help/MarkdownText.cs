using System.Text;
using Markdig.Syntax.Inlines;

namespace KubeSa.Help;

/// <summary>Makes of Markdown's text what a terminal shows: the words, and the address of a link behind them.</summary>
internal static class MarkdownText
{
    /// <summary>The text; null where it holds what a terminal cannot show.</summary>
    internal static string? Of(ContainerInline inlines)
    {
        var text = new StringBuilder();
        return Append(text, inlines) ? text.ToString().Trim() : null;
    }

    /// <summary>What a line of the links names.</summary>
    internal static HelpLink Link(ContainerInline inlines) => inlines.FirstChild is LinkInline link && link.NextSibling is null
        ? new HelpLink(Of(link) ?? link.Url!, link.Url)
        : new HelpLink(Of(inlines) ?? string.Empty, null);

    private static bool Append(StringBuilder text, ContainerInline inlines)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.ToString());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.ToString());
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case LinkInline { IsImage: false } link when Append(text, link):
                    text.Append(" (").Append(link.Url).Append(')');
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
