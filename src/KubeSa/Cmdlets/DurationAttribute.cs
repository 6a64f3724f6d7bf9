using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Reads what is given to a parameter for a span of time. PowerShell takes <c>7d</c> and <c>90s</c> for numbers with a suffix
/// of its own, and hands them on as 7 and 90; what was typed is still known here, and nowhere later.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            Duration duration => duration,
            TimeSpan span => new Duration(span),
            _ => new Duration(LanguagePrimitives.ConvertTo<string>(inputData)),
        };
}
