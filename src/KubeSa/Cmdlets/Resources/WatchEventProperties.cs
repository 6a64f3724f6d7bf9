using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>Hidden properties of watch events, which the module's type file names: how they are shown.</summary>
public static class WatchEventProperties
{
    // As kubectl pads it; the longest is "Modified".
    private const int Width = 11;

    /// <summary>Its line in the table that people see.</summary>
    public static object? RowText(PSObject instance) => instance?.BaseObject is WatchEvent made
        ? $"{made.Type.ToString().ToUpperInvariant(),-Width}{ResourceProperties.RowText(PSObject.AsPSObject(made.Object))}"
        : null;

    /// <summary>The line above it.</summary>
    public static object? HeaderText(PSObject instance) => instance?.BaseObject is WatchEvent made
        ? $"{"EVENT",-Width}{ResourceProperties.HeaderText(PSObject.AsPSObject(made.Object))}"
        : null;
}
