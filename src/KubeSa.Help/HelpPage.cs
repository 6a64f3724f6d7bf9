namespace KubeSa.Help;

/// <summary>What a cmdlet's Markdown page adds to the comments of its class.</summary>
/// <param name="Cmdlet">The name of the cmdlet.</param>
/// <param name="Description">What it does, at length; a paragraph each.</param>
/// <param name="Examples">What users type, in the order of the page.</param>
/// <param name="Notes">What is good to know besides; may be empty.</param>
/// <param name="Links">Where to read on.</param>
internal sealed record HelpPage(
    string Cmdlet,
    IReadOnlyList<string> Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<string> Notes,
    IReadOnlyList<HelpLink> Links);
