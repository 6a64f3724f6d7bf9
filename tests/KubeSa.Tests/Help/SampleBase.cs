using System.Management.Automation;

namespace KubeSa.Tests.Help;

/// <summary>What a sample inherits from.</summary>
public abstract class SampleBase : PSCmdlet
{
    /// <summary>Inherited by <see cref="SampleCommand"/>, like <see cref="Name"/>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Connection { get; set; }

    /// <summary>The <c>names</c> of
    /// things.</summary>
    /// <remarks>Never <see langword="null"/>.<para>See <see href="https://example.org">there</see>.</para></remarks>
    public abstract string[] Name { get; set; }
}
