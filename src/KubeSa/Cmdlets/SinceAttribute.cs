using System.Globalization;
using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Reads the beginning of a time: a time, as text with an offset or in local time, or how long ago it was, such as 24h or 7d.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SinceAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            DateTimeOffset time => time,
            DateTime time => Of(time),
            TimeSpan ago => DateTimeOffset.Now - ago,
            Duration ago => Before(ago),
            _ => Read(LanguagePrimitives.ConvertTo<string>(inputData)),
        };

    private static DateTimeOffset Of(DateTime time) => time.Kind == DateTimeKind.Utc ? new DateTimeOffset(time) : new DateTimeOffset(time.ToLocalTime());

    private static DateTimeOffset Read(string text)
    {
        var ago = new Duration(text);
        return ago.Problem is null ? Before(ago)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time
            : throw new ArgumentTransformationMetadataException($"'{text}' is neither a time, such as 2026-11-01 or 2026-11-01T10:00:00Z, nor how long ago, such as 24h or 7d.");
    }

    private static DateTimeOffset Before(Duration ago) => ago.Problem is null
        ? DateTimeOffset.Now - ago.Value
        : throw new ArgumentTransformationMetadataException(ago.Problem);
}
