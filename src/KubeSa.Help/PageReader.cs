using Markdig;
using Markdig.Syntax;

namespace KubeSa.Help;

/// <summary>
/// Reads a cmdlet's page: its name as the title, paragraphs of description, and then sections "Example: ...", "Notes"
/// and "Links". Anything else is refused, so that nothing that somebody wrote is silently missing from the help.
/// </summary>
internal sealed class PageReader
{
    private const string ExamplePrefix = "Example: ";
    private readonly string _file;
    private readonly List<string> _description = [];
    private readonly List<HelpExample> _examples = [];
    private readonly List<string> _notes = [];
    private readonly List<HelpLink> _links = [];

    private PageReader(string file) => _file = file;

    internal static IReadOnlyList<HelpPage> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*-*.md").Order(StringComparer.Ordinal).Select(file => Read(file, File.ReadAllText(file)))];

    internal static HelpPage Read(string file, string markdown) => new PageReader(file).Page(Markdown.Parse(markdown));

    private HelpPage Page(MarkdownDocument document)
    {
        var cmdlet = Path.GetFileNameWithoutExtension(_file);
        if (document.FirstOrDefault() is not HeadingBlock { Level: 1 } title || TextOf(title) != cmdlet)
        {
            throw new HelpSourceException(_file, 1, $"The page must begin with the title '# {cmdlet}', after the name of its file.");
        }

        HeadingBlock section = title;
        var blocks = new List<Block>();
        foreach (var block in document.Skip(1))
        {
            if (block is HeadingBlock next)
            {
                Add(section, blocks);
                (section, blocks) = (next, []);
            }
            else
            {
                blocks.Add(block);
            }
        }

        Add(section, blocks);
        return new HelpPage(cmdlet, _description, _examples, _notes, _links);
    }

    private void Add(HeadingBlock section, List<Block> blocks)
    {
        switch (section.Level, TextOf(section))
        {
            case (1, _) when _description.Count == 0:
                _description.AddRange(Paragraphs(blocks));
                break;
            case (2, var title) when title.StartsWith(ExamplePrefix, StringComparison.Ordinal):
                _examples.Add(Example(section, title[ExamplePrefix.Length..], blocks));
                break;
            case (2, "Notes"):
                _notes.AddRange(Paragraphs(blocks));
                break;
            case (2, "Links"):
                _links.AddRange(blocks.SelectMany(Links));
                break;
            default:
                throw Fault(section, "A page has sections '## Example: ...', '## Notes' and '## Links' alone.");
        }
    }

    private HelpExample Example(HeadingBlock section, string title, List<Block> blocks)
    {
        if (blocks is not [FencedCodeBlock { Info: "powershell" } code, .. var rest])
        {
            throw Fault(section, "An example begins with a block of code that is marked as powershell.");
        }

        var output = rest is [FencedCodeBlock { Info: "output" }, ..] ? (FencedCodeBlock)rest[0] : null;
        return new HelpExample(
            title,
            code.Lines.ToString().TrimEnd(),
            output?.Lines.ToString().TrimEnd(),
            [.. Paragraphs(output is null ? rest : rest[1..])]);
    }

    private IEnumerable<HelpLink> Links(Block block) => block is ListBlock list
        ? list.Cast<ListItemBlock>().Select(item => item is [ParagraphBlock only]
            ? MarkdownText.Link(only.Inline!)
            : throw Fault(item, "A link is a name of a cmdlet or topic, or [title](address)."))
        : throw Fault(block, "Links stand in a list.");

    private IEnumerable<string> Paragraphs(IEnumerable<Block> blocks) => blocks.SelectMany<Block, string>(block => block switch
    {
        ParagraphBlock paragraph => [TextOf(paragraph)],
        ListBlock list => list.Cast<ListItemBlock>().Select(item => "- " + string.Join(' ', Paragraphs(item))),
        _ => throw Fault(block, "Here help has paragraphs and lists alone."),
    });

    private string TextOf(LeafBlock block) =>
        MarkdownText.Of(block.Inline!) ?? throw Fault(block, "Help is plain text: words, `code` and [links](address) alone.");

    private HelpSourceException Fault(MarkdownObject where, string message) => new(_file, where.Line + 1, message);
}
