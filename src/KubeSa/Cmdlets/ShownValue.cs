using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>
/// A value that Export-Csv, ConvertTo-Html and strings show as people read it: a time in ISO 8601 with its offset, a list
/// with commas, a name without what a terminal would obey. For all else it is the value itself, as every PSObject is what it wraps.
/// </summary>
internal sealed class ShownValue : PSObject, IFormattable
{
    private ShownValue(object value)
        : base(value)
    {
    }

    internal static object? Of(object? value) => value is null ? null : new ShownValue(value);

    /// <summary>Text that is shown in another way than it is; all else as it is.</summary>
    internal static object? OfText(object? value) => value is string text && SafeName.Of(text) != text ? new ShownValue(text) : value;

    /// <inheritdoc/>
    public override string ToString() => BaseObject switch
    {
        DateTime { Kind: DateTimeKind.Unspecified } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture),
        IDictionary entries => string.Join(", ", entries.Keys.Cast<object>().Select(key => $"{Text(key)}={Text(entries[key])}")),
        var other => Text(other),
    };

    // The format of '{0:HH:mm}' -f $_.ExpiresAt is for the time, and not for what wraps it.
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) =>
        string.IsNullOrEmpty(format) || BaseObject is not IFormattable value ? ToString() : value.ToString(format, formatProvider);

    private static string Text(object? value) => value switch
    {
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate => CertificateText.Of(certificate.Subject, certificate.NotAfter),
        string text => SafeName.Of(text),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
