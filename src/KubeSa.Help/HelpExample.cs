namespace KubeSa.Help;

/// <summary>Commands as a user types them.</summary>
/// <param name="Title">What they do, in a few words.</param>
/// <param name="Code">The commands.</param>
/// <param name="Output">What they print; null where the page does not show it.</param>
/// <param name="Remarks">What there is to see; a paragraph each.</param>
internal sealed record HelpExample(string Title, string Code, string? Output, IReadOnlyList<string> Remarks);
