using System.Globalization;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Use;

/// <summary>How far a log can be trusted to show all that an account does.</summary>
internal sealed record PlanConfidence(AccessPlanConfidence Level, IReadOnlyList<string> Reasons, int Days, int DaysNeeded)
{
    /// <summary>Less log than that shows neither a fortnight's work nor a change of what runs.</summary>
    internal const int ShortestLog = 14;

    /// <summary>The CronJob of the account that pauses longest; null for none.</summary>
    internal string? Schedule { get; init; }

    internal int ScheduleDays { get; init; }

    internal static PlanConfidence Of(UseAggregate aggregate, AccessSnapshot snapshot, string ns, string name, IReadOnlyList<UsedRequest> uses)
    {
        var coverage = aggregate.Coverage;
        var days = coverage.First == 0 ? 0 : (int)((coverage.Last - coverage.First) / TimeSpan.TicksPerDay) + 1;
        var (needed, schedule) = Longest(snapshot, ns, name);
        var reasons = new List<string>();
        var level = AccessPlanConfidence.High;
        void Doubt(AccessPlanConfidence most, FormattableString reason)
        {
            level = (AccessPlanConfidence)Math.Min((long)level, (long)most);
            reasons.Add(reason.ToString(CultureInfo.InvariantCulture));
        }

        if (days < ShortestLog)
        {
            Doubt(AccessPlanConfidence.Low, $"the log covers {days} days, and {ShortestLog} are the least");
        }

        if (days < needed)
        {
            Doubt(AccessPlanConfidence.Low, $"the log covers {days} days, and {schedule} may pause for {needed} days between two runs");
        }

        if (!snapshot.WasRead(SnapshotParts.CronJobs, ns))
        {
            Doubt(AccessPlanConfidence.Medium, $"whether CronJobs run as the account, and how rarely, could not be looked at");
        }

        var gaps = CoverageList.GapsOf(coverage).ToList();
        if (gaps.Count > 0)
        {
            Doubt(AccessPlanConfidence.Medium, $"the log has {gaps.Count} gaps, the longest of {gaps.Max(gap => (gap.To - gap.From).TotalHours):0} hours");
        }

        if (coverage.Damaged > 0)
        {
            Doubt(AccessPlanConfidence.Medium, $"{coverage.Damaged} lines of the log are damaged");
        }

        if (coverage.Undecided > 0)
        {
            Doubt(AccessPlanConfidence.Medium, $"{coverage.Undecided} events tell no decision");
        }

        if (uses.Any(use => use.Name is null))
        {
            Doubt(AccessPlanConfidence.Medium, $"more names or paths were used than are kept apart");
        }

        if (uses.Count == 0)
        {
            Doubt(AccessPlanConfidence.Low, $"the log holds no use of the account at all");
        }

        if (level == AccessPlanConfidence.High)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"the log covers {days} days without gaps, and every schedule of the account at least once"));
        }

        return new PlanConfidence(level, reasons, days, Math.Max(ShortestLog, needed)) { Schedule = schedule, ScheduleDays = needed };
    }

    private static (int Days, string? Schedule) Longest(AccessSnapshot snapshot, string ns, string name) => snapshot.Workloads
        .Where(workload => workload is { Kind: "CronJob" } && workload.Namespace == ns && workload.ServiceAccount == name)
        .Select(workload => (Days: CronInterval.Days(workload.Schedule) ?? 0, Schedule: $"CronJob {workload.Name} ({workload.Schedule})"))
        .OrderByDescending(found => found.Days)
        .Select(found => (found.Days, (string?)found.Schedule))
        .FirstOrDefault();
}
