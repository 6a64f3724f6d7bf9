namespace KubeSa.Tour.Hosting;

/// <summary>Standard output, in colours where somebody looks at it who did not forbid them.</summary>
internal sealed class Terminal
{
    internal const string Bold = "\u001b[1m";
    internal const string Green = "\u001b[32m";
    private const string Reset = "\u001b[0m";
    private const int PageWidth = 110;
    private bool _afterBlank;

    /// <summary>Whether colours may be written: https://no-color.org, and never into a file or a pipe.</summary>
    internal bool Colours { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>How many characters a line has.</summary>
    internal int Width { get; } = Console.IsOutputRedirected ? PageWidth : Math.Max(60, Console.WindowWidth);

    internal void Write(string text, string? style = null) =>
        Console.Write(style is null || !Colours ? text : style + text + Reset);

    /// <summary>Writes a line; of several blank ones only the first.</summary>
    internal void Line(string text = "", string? style = null)
    {
        var blank = string.IsNullOrWhiteSpace(text);
        if (blank && _afterBlank)
        {
            return;
        }

        Write(text, style);
        Console.WriteLine();
        _afterBlank = blank;
    }
}
