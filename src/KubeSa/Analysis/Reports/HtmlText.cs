using System.Text;
using System.Text.Encodings.Web;

namespace KubeSa.Analysis.Reports;

/// <summary>Markup of ours and text of others: what is not written by <see cref="Raw"/> is encoded, for elements and attributes alike.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _page = new();

    /// <summary>Markup of our own, in which no name of a cluster may stand.</summary>
    internal HtmlText Raw(string markup)
    {
        _page.Append(markup);
        return this;
    }

    /// <summary>Text, whatever it holds.</summary>
    internal HtmlText Text(string? text)
    {
        _page.Append(HtmlEncoder.Default.Encode(text ?? string.Empty));
        return this;
    }

    /// <summary>A term and its description.</summary>
    internal HtmlText Term(string term, string? text) =>
        string.IsNullOrEmpty(text) ? this : Raw("<dt>").Text(term).Raw("</dt><dd>").Text(text).Raw("</dd>\n");

    /// <inheritdoc/>
    public override string ToString() => _page.ToString();
}
