using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KubeSa.Formatting;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>
/// Hidden properties for the views of what is shown first in a new session; the module's type file names them. A script
/// block in their place would be compiled before it shows anything, which takes 50 ms of a cold start.
/// </summary>
public static class ViewProperties
{
    private static readonly ConditionalWeakTable<Runspace, PSHost> Hosts = [];

    private const int ShortKeyLength = 12;

    /// <summary>An age as people write it: <c>140d</c>.</summary>
    public static object? AgeText(PSObject instance) => HumanDuration.Of(ShownProperties.Age(instance) as TimeSpan?);

    /// <summary>A key id, shortened as a git commit is: at full length it would push the rest out of a terminal.</summary>
    public static object? ShortKeyId(PSObject instance) =>
        (instance?.BaseObject as TokenSecret)?.KeyId is { Length: > ShortKeyLength } key ? key[..(ShortKeyLength - 1)] + "\u2026" : (instance?.BaseObject as TokenSecret)?.KeyId;

    /// <summary>What token a Secret holds: its kind, or that it is none.</summary>
    public static object? TokenText(PSObject instance) => instance?.BaseObject is TokenSecret secret
        ? secret.Token is null ? "none" : secret.Kind?.ToString() ?? "no JWT"
        : null;

    /// <summary>The verbs of a rule, as kubectl's columns have them.</summary>
    public static object? VerbsText(PSObject instance) => string.Join(',', (instance?.BaseObject as AccessRule)?.Verbs ?? []);

    /// <summary>What a role allows.</summary>
    public static object? RulesText(PSObject instance) => string.Join("; ", ((instance?.BaseObject as Role)?.Rules ?? []).AsEnumerable());

    /// <summary>The steps of a path, one on each line, with what they rest on.</summary>
    public static object? StepsText(PSObject instance) => instance?.BaseObject is EscalationPath path
        ? string.Join('\n', path.Steps.Select((step, index) => $"{index + 1}. {step}: {step.Condition}"))
        : null;

    /// <summary>What to remove, one on each line.</summary>
    public static object? CutText(PSObject instance) => instance?.BaseObject is EscalationPath path ? string.Join('\n', path.Cut) : null;

    /// <summary>Who may do it, and whether it is known to be missing.</summary>
    public static object? WhoText(PSObject instance) => instance?.BaseObject is AccessGrant grant ? Marked(grant.Who, grant.Exists) : null;

    /// <summary>Who holds a rule, and whether it is known to be missing.</summary>
    public static object? AccountText(PSObject instance) => instance?.BaseObject is AccessRule rule ? Marked(rule.Account ?? "(you)", rule.Exists) : null;

    /// <summary>Who holds a role; or that nobody is left, and so the binding is gone.</summary>
    public static object? SubjectsText(PSObject instance) => instance?.BaseObject is RoleBinding binding
        ? binding.IsRemoved ? "(removed)" : string.Join(", ", binding.Subjects.AsEnumerable())
        : null;

    /// <summary>Labels as kubectl describe shows them; what the property holds is what the server sent.</summary>
    public static object? LabelsText(PSObject instance) => Entries((instance?.BaseObject as ServiceAccount)?.Labels);

    /// <summary>Annotations, likewise.</summary>
    public static object? AnnotationsText(PSObject instance) => Entries((instance?.BaseObject as ServiceAccount)?.Annotations);

    /// <summary>What the cluster told of the account; what was not fetched is said to be so.</summary>
    public static object? EventsText(PSObject instance) => (instance?.BaseObject as ServiceAccount) switch
    {
        null => null,
        { Events: null } => "(not fetched: -IncludeEvents)",
        { Events.Length: 0 } => "<none>",
        { Events: { } events } => string.Join('\n', events.Select(told => $"{told.Age} {told.Type} {told.Reason}: {told.Message}")),
    };

    /// <summary>The checks of a token, a line each.</summary>
    public static object? ChecksText(PSObject instance) => instance?.BaseObject is TokenTestResult result
        ? string.Join('\n', result.Checks.Select(check => $"{AccessReportText.Mark(check.Status)} {check.Name}: {check.Detail}"))
        : null;

    /// <summary>A report as a text for a ticket.</summary>
    public static object? TicketText(PSObject instance) => (instance?.BaseObject as AccessReport)?.ToTicket();

    /// <summary>The workload that runs as the account, or that none does.</summary>
    public static object? WorkloadText(PSObject instance) => instance?.BaseObject is ServiceAccountUsage usage
        ? usage is not { Workload: null, Pod: null } ? usage.Workload : usage.IsUsed == false ? "(unused)" : "(uncertain)"
        : null;

    /// <summary>A mark for how a check, or a whole report, ended.</summary>
    public static object? Mark(PSObject instance) => instance?.BaseObject switch
    {
        AccessReport report => AccessReportText.Mark(report.Success ? AccessCheckStatus.Pass : AccessCheckStatus.Fail),
        AccessCheck check => AccessReportText.Mark(check.Status),
        TokenTestCheck check => AccessReportText.Mark(check.Status),
        _ => null,
    };

    /// <summary>The time of day of a report, in UTC: <c>17:24:13Z</c>.</summary>
    public static object? Time(PSObject instance) =>
        (instance?.BaseObject as AccessReport)?.Timestamp.ToUniversalTime().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The outcome of a round and what changed since the one before, on one line.</summary>
    public static object? Outcome(PSObject instance) =>
        instance?.BaseObject is AccessReport report ? AccessRoundText.Of(report, coloured: false) : null;

    /// <summary>The outcome of a round, on which a first failure and a recovery stand out.</summary>
    public static object? MarkedOutcome(PSObject instance) =>
        instance?.BaseObject is AccessReport report ? AccessRoundText.Of(report) : null;

    /// <summary>An access report as a checklist, wrapped to the width of the console.</summary>
    public static object? Checklist(PSObject instance) =>
        instance?.BaseObject is AccessReport report ? AccessReportText.Of(report, Width()) : null;

    private static string Entries(IReadOnlyDictionary<string, string>? entries) => entries is null or { Count: 0 }
        ? "<none>"
        : string.Join(", ", entries.Select(entry => SafeName.Of($"{entry.Key}={entry.Value}")));

    private static string Marked(string who, bool? exists) => exists == false ? $"{SafeName.Of(who)} (not found)" : SafeName.Of(who);

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
