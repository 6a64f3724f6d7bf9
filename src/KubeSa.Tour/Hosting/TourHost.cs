using System.Globalization;
using System.Management.Automation.Host;

namespace KubeSa.Tour.Hosting;

/// <summary>The host of an engine that writes and never asks.</summary>
internal sealed class TourHost(Terminal terminal) : PSHost
{
    public override string Name => "KubeSa tour";

    public override Version Version { get; } = typeof(TourHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI { get; } = new TourUserInterface(terminal);

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void EnterNestedPrompt() => throw new NotSupportedException("The tour has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The tour has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
