using System.Globalization;
using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Makes references to service accounts of what is piped or given: text, accounts, what belongs to one (a token Secret, a
/// usage, a rule), a namespace for all that are in it, all of these also after a job, a file or JSON, and objects of the user's
/// own with Namespace and Name. The module's type file names it, so that every cmdlet reads them alike.
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

    private static ServiceAccountReference? FromProperties(PSObject source, KubeObject? live) =>
        Identify(source) is not (var ns, { } name, var uid) ? null : new ServiceAccountReference(ns, name, uid)
        {
            Origin = live?.Origin,
            ClusterServer = Text(source, nameof(KubeObject.ClusterServer)),
        };

    private static (string? Namespace, string? Name, string? Uid) Identify(PSObject source)
    {
        if (source.TypeNames.Any(name => name.EndsWith($"KubeSa.{nameof(Namespace)}", StringComparison.Ordinal)))
        {
            // A namespace stands for the accounts in it.
            return (Text(source, "Name"), "*", null);
        }

        // What belongs to an account has a uid of its own, which is another matter.
        return Text(source, "ServiceAccount") is { } owner
            ? (Text(source, "Namespace"), owner, Text(source, "ServiceAccountUid"))
            : (Text(source, "Namespace"), OwnName(source), Text(source, "Uid"));
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
