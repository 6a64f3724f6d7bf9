using System.Management.Automation;
using KubeSa.Cmdlets;

namespace KubeSa.Tests.Cmdlets;

/// <summary>A cmdlet of the module's kind with a fault: where it meets the text <c>bad</c>, it throws what nobody expected.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Unexpected")]
public sealed class UnexpectedCommand : KubeCmdlet
{
    internal const string Secret = "a-secret-in-the-exception";

    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string Item { get; set; } = string.Empty;

    [Parameter]
    public string Stage { get; set; } = "Process";

    private protected override void Begin() => Fail("Begin", "bad");

    private protected override void Process()
    {
        Fail("Process", Item);
        WriteObject(Item);
    }

    private protected override void End() => Fail("End", "bad");

    private void Fail(string stage, string item)
    {
        if (stage == Stage && item == "bad")
        {
            throw new InvalidOperationException(Secret, new FormatException(Secret));
        }
    }
}
