using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Cmdlets;

namespace KubeSa.Tests.Cmdlets;

/// <summary>A cmdlet of the module's kind in which all that can be told is what somebody else wrote.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Telling")]
public sealed class TellingCommand : KubeCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Text { get; set; } = string.Empty;

    private protected override void Process() => Await(call =>
    {
        call.Notify(new ProgressNotice(Text, Text, -1));
        call.Notify(new WarningNotice(Text));
        call.Notify(new VerboseNotice(Text));
        return Task.FromResult(true);
    });
}
