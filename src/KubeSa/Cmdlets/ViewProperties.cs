using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KubeSa.Formatting;

namespace KubeSa.Cmdlets;

/// <summary>
/// Hidden properties for the views of what is shown first in a new session; the module's type file names them. A script
/// block in their place would be compiled before it shows anything, which takes 50 ms of a cold start.
/// </summary>
public static class ViewProperties
{
    private static readonly ConditionalWeakTable<Runspace, PSHost> Hosts = [];

    /// <summary>A service account's age as people write it: <c>140d</c>.</summary>
    public static object? AgeText(PSObject instance) => HumanDuration.Of((instance?.BaseObject as ServiceAccount)?.Age);

    /// <summary>An access report as a checklist, wrapped to the width of the console.</summary>
    public static object? Checklist(PSObject instance) =>
        instance?.BaseObject is AccessReport report ? AccessReportText.Of(report, Width()) : null;

    /// <summary>Keeps where this runspace shows things, which only its cmdlets are told.</summary>
    internal static void Remember(PSHost host)
    {
        if (Runspace.DefaultRunspace is { } here)
        {
            Hosts.AddOrUpdate(here, host);
        }
    }

    /// <summary>In characters; 0 where nobody knows, and so nothing is wrapped.</summary>
    private static int Width()
    {
        try
        {
            return Runspace.DefaultRunspace is { } here && Hosts.TryGetValue(here, out var host) ? host.UI?.RawUI?.WindowSize.Width ?? 0 : 0;
        }
        catch (Exception failure) when (failure is RuntimeException or NotImplementedException or InvalidOperationException or IOException)
        {
            // A host without a console may have no window, and say so in ways of its own.
            return 0;
        }
    }
}
