using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace KubeSa.Tour.Hosting;

/// <summary>Writes what the engine has to show. Nothing in the story asks, so every question is refused.</summary>
internal sealed class TourUserInterface(Terminal terminal) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new TourRawUserInterface(terminal);

    public override bool SupportsVirtualTerminal => terminal.Colours;

    public override void Write(string value) => terminal.Write(Rendered(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => terminal.Line(Rendered(value));

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteWarningLine(string message) => terminal.Line("WARNING: " + message);

    public override void WriteVerboseLine(string message) => terminal.Line("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => terminal.Line("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw Asked();

    public override SecureString ReadLineAsSecureString() => throw Asked();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw Asked();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw Asked();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw Asked();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw Asked();

    // The engine always styles tables and lists; it is the host that takes the styles out.
    private string Rendered(string value) =>
        new StringDecorated(value).ToString(terminal.Colours ? OutputRendering.Ansi : OutputRendering.PlainText);

    private static NotSupportedException Asked() => new("Nobody is there to answer.");
}
