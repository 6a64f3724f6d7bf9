namespace KubeSa.Help;

/// <summary>Where to read on.</summary>
/// <param name="Text">The name of a cmdlet or topic, or the title of a web page.</param>
/// <param name="Address">The address of the web page; null for what Get-Help knows.</param>
internal sealed record HelpLink(string Text, string? Address);
