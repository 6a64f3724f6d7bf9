using System.Globalization;
using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Makes references to service accounts of what is piped or given: text, accounts, what belongs to one (a token Secret, a
/// usage, a rule), all of these also after a job, a file or JSON, and objects of the user's own with Namespace and Name. The
/// module's type file names it, so that every cmdlet reads them alike.
/// </summary>
public sealed class ServiceAccountReferenceConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => Read(sourceValue) is not null;

    /// <inheritdoc/>
    public override object? ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => Read(sourceValue);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();

    private static ServiceAccountReference? Read(object? source)
    {
        var value = source is PSObject wrapped ? wrapped.BaseObject : source;
        return value switch
        {
            null => null,
            ServiceAccountReference reference => reference,
            string text => new ServiceAccountReference(text),
            int or long => new ServiceAccountReference(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            ServiceAccount account => new ServiceAccountReference(account),
            KubeObject or PSCustomObject => FromProperties(PSObject.AsPSObject(source!), value as KubeObject),
            _ => null,
        };
    }

    private static ServiceAccountReference? FromProperties(PSObject source, KubeObject? live)
    {
        var owner = Text(source, "ServiceAccount");
        if ((owner ?? OwnName(source)) is not { } name)
        {
            return null;
        }

        // What belongs to an account has a uid of its own, which is another matter.
        return new ServiceAccountReference(Text(source, "Namespace"), name, Text(source, owner is null ? "Uid" : "ServiceAccountUid"))
        {
            Origin = live?.Origin,
            ClusterServer = Text(source, nameof(KubeObject.ClusterServer)),
        };
    }

    /// <summary>The name of an object that is an account itself; null where its type or its kind says that it is another thing.</summary>
    private static string? OwnName(PSObject source) =>
        Text(source, "Kind") is null or "ServiceAccount" && !source.TypeNames.Any(IsOfAnotherType) ? Text(source, "Name") : null;

    // Jobs and files give an object the type's name with Deserialized in front, Select-Object with Selected.
    private static bool IsOfAnotherType(string name) =>
        name.Contains("KubeSa.", StringComparison.Ordinal)
        && !name.EndsWith($".{nameof(ServiceAccount)}", StringComparison.Ordinal)
        && !name.EndsWith($".{nameof(KubeObject)}", StringComparison.Ordinal);

    private static string? Text(PSObject source, string name) => source.Properties[name]?.Value switch
    {
        PSObject { BaseObject: string { Length: > 0 } wrapped } => wrapped,
        string { Length: > 0 } text => text,
        _ => null,
    };
}
