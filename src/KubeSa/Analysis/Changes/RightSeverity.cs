using KubeSa.Analysis.Reach;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Changes;

/// <summary>How much harm a rule allows by itself; what it leads to, the paths say.</summary>
internal static class RightSeverity
{
    // Each a way to become somebody else, or half of one.
    private static readonly Question[] Dangerous =
    [
        Questions.CreatePods, Questions.Token, Questions.GetSecrets, Questions.ListSecrets, Questions.WatchSecrets, Questions.CreateSecrets, Questions.CreateExec, Questions.CreateAttach,
        Questions.GetNodesProxy, Questions.CreateNodesProxy, Questions.BindRoles, Questions.BindClusterRoles, Questions.EscalateRoles, Questions.EscalateClusterRoles, Questions.ImpersonateUsers,
        Questions.ImpersonateGroups, Questions.ImpersonateAccounts, Questions.ApproveSigners, Questions.CreateMutatingPolicies, Questions.CreateVolumes, .. Questions.ChangePods, .. Questions.DebugPods,
        .. Questions.ApproveRequests, .. Questions.WriteMutatingWebhooks, .. Questions.WriteApiServices, .. PodEdges.Workloads.SelectMany(kind => kind.Change.Prepend(kind.Create)),
    ];

    private static readonly string[] Reading = ["get", "list", "watch"];

    internal static AuditSeverity Of(HeldRule held)
    {
        var everywhere = held.Scope is null;
        if (held.Rule.AllowsEverything)
        {
            return everywhere ? AuditSeverity.Critical : AuditSeverity.High;
        }

        if (Array.Exists(Dangerous, question => !(question.ClusterScoped && !everywhere) && question.Matches(held.Rule)))
        {
            return everywhere && held.Rule.ResourceNames.Count == 0 ? AuditSeverity.High : AuditSeverity.Medium;
        }

        return held.Rule.Verbs.All(Reading.Contains) ? AuditSeverity.Info : AuditSeverity.Low;
    }
}
