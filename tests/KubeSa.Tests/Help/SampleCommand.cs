using System.Management.Automation;

namespace KubeSa.Tests.Help;

/// <summary>Tries the help.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Sample", DefaultParameterSetName = "Short", SupportsShouldProcess = true)]
[OutputType(typeof(SampleOutput), typeof(int))]
public sealed class SampleCommand : SampleBase
{
    /// <inheritdoc/>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("N", "Nom")]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>A number.</summary>
    [Parameter(ParameterSetName = "Long", Mandatory = true)]
    [ValidateRange(1, 9)]
    public int Count { get; set; } = 3;

    /// <summary>A word.</summary>
    [Parameter(ParameterSetName = "Short")]
    [ValidateSet("red", "green")]
    public string Colour { get; set; } = "red";

    /// <summary>A day.</summary>
    [Parameter]
    public DayOfWeek? Day { get; set; }

    /// <summary>A switch.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>For the pipeline alone.</summary>
    [Parameter(DontShow = true)]
    public string? Inner { get; set; }

    /// <summary>No parameter.</summary>
    public string? Other { get; set; }
}
