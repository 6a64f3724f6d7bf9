using KubeSa.Analysis.Reach;
using KubeSa.Analysis.Snapshot;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>Asks for the paths of x/a, or of another.</summary>
internal static class PathFinding
{
    internal static List<EscalationPath> Of(AccessSnapshot snapshot, string target, string account = "x/a", int mostSteps = 10) =>
        [.. new EscalationSearch([snapshot], ReachTarget.Parse(target)).Of(0, account.Split('/')[0], account.Split('/')[1], mostSteps)];
}
