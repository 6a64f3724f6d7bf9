using System.Globalization;
using System.Management.Automation;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>
/// Hidden properties of the server's objects, which the module's type file names: what the next cmdlet in a pipeline and the
/// views look for. None of them is in JSON, CSV or what goes back to the server.
/// </summary>
public static class ResourceProperties
{
    /// <summary>Its name.</summary>
    public static object? Name(PSObject instance) => ShownValue.Of(Metadata(instance, "name"));

    /// <summary>Its namespace; null where it lives in none.</summary>
    public static object? Namespace(PSObject instance) => ShownValue.Of(Metadata(instance, "namespace"));

    /// <summary>Its unique id.</summary>
    public static object? Uid(PSObject instance) => ShownValue.Of(Metadata(instance, "uid"));

    /// <summary>The connection it was read through.</summary>
    public static object? Connection(PSObject instance) => ResourceObject.OriginOf(instance)?.Cluster;

    /// <summary>The cluster it came from, as people know it.</summary>
    public static object? Cluster(PSObject instance) => ResourceObject.OriginOf(instance)?.Cluster is { } cluster ? cluster.Context ?? cluster.Server : null;

    /// <summary>The URL of the server it came from. Jobs and CLIXML, which write hidden properties too, keep it.</summary>
    public static object? ClusterServer(PSObject instance) => ResourceObject.OriginOf(instance)?.Cluster.Server;

    /// <summary>The time since it was created, a TimeSpan.</summary>
    public static object? Age(PSObject instance) => Created(instance) is { } then ? DateTimeOffset.UtcNow - then : null;

    /// <summary>The same as people read it.</summary>
    public static object? AgeText(PSObject instance) => Created(instance) is { } then ? HumanDuration.Of(DateTimeOffset.UtcNow - then) : null;

    /// <summary>What the server's table shows of it, an object with a property for each column.</summary>
    public static object? Row(PSObject instance)
    {
        if (ResourceObject.OriginOf(instance) is not { } origin)
        {
            return null;
        }

        var row = new PSObject();
        foreach (var (label, text) in origin.Layout.CellsOf(origin.Row))
        {
            if (row.Properties[label] is null && label.Length > 0)
            {
                row.Properties.Add(new PSNoteProperty(label, ShownValue.Of(text)));
            }
        }

        return row;
    }

    /// <summary>The same as a view shows it.</summary>
    public static object? CellsText(PSObject instance) => ResourceObject.OriginOf(instance) is { } origin
        ? $"@{{{string.Join("; ", origin.Layout.CellsOf(origin.Row).Where(cell => cell.Label.Length > 0).Select(cell => $"{cell.Label}={SafeName.Of(cell.Text)}"))}}}"
        : null;

    /// <summary>Its line in the table that people see.</summary>
    public static object? RowText(PSObject instance) =>
        ResourceObject.OriginOf(instance) is { } origin ? origin.Layout.LineOf(origin.Row) : instance is null ? null : Text(instance);

    /// <summary>The line above it.</summary>
    public static object? HeaderText(PSObject instance) => ResourceObject.OriginOf(instance)?.Layout.Header;

    /// <summary>What it is, in short: <c>namespace/name</c>, or its name alone.</summary>
    public static object? Text(PSObject instance) =>
        Namespace(instance) is { } ns ? $"{ns}/{Name(instance)}" : Name(instance) ?? string.Empty;

    /// <summary>Its kind, as views show it.</summary>
    public static object? KindText(PSObject instance) => SafeName.Of(instance?.Properties["kind"]?.Value?.ToString());

    /// <summary>The version of its kind, likewise.</summary>
    public static object? ApiVersionText(PSObject instance) => SafeName.Of(instance?.Properties["apiVersion"]?.Value?.ToString());

    /// <summary>When it was created, likewise.</summary>
    public static object? CreatedText(PSObject instance) => SafeName.Of(Metadata(instance, "creationTimestamp") as string);

    /// <summary>Its labels, likewise.</summary>
    public static object? LabelsText(PSObject instance)
    {
        var labels = Metadata(instance, "labels") switch
        {
            System.Collections.IDictionary entries => [.. entries.Keys.Cast<object>().Select(key => $"{key}={entries[key]}")],
            PSObject made => made.Properties.Select(label => $"{label.Name}={label.Value}").ToArray(),
            _ => [],
        };
        return labels.Length == 0 ? "<none>" : string.Join(", ", labels.Select(label => SafeName.Of(label)));
    }

    private static DateTimeOffset? Created(PSObject instance) =>
        DateTimeOffset.TryParse(Metadata(instance, "creationTimestamp") as string, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? then : null;

    private static object? Metadata(PSObject? instance, string field) =>
        (instance?.Properties["metadata"]?.Value as PSObject)?.Properties[field]?.Value;
}
