using System.Management.Automation.Host;

namespace KubeSa.Tour.Hosting;

/// <summary>Tells tables how wide they may be; a cursor, a window and keys the tour has not.</summary>
internal sealed class TourRawUserInterface(Terminal terminal) : PSHostRawUserInterface
{
    public override Size BufferSize { get; set; } = new(terminal.Width, 50);

    public override Size WindowSize { get; set; } = new(terminal.Width, 50);

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override string WindowTitle { get; set; } = "KubeSa";

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NoScreen();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoScreen();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoScreen();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NoScreen();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoScreen();

    private static NotSupportedException NoScreen() => new("The tour writes lines and has no screen.");
}
