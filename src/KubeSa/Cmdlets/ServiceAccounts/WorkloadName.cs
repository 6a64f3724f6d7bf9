using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A workload as users, kubectl and usages name it: <c>shop</c>, <c>Deployment/shop</c>, <c>deployment.apps/shop</c>, <c>sts/db</c>.</summary>
internal static class WorkloadName
{
    private static readonly Dictionary<string, WorkloadKind> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["deploy"] = WorkloadKind.Deployment,
        ["sts"] = WorkloadKind.StatefulSet,
        ["ds"] = WorkloadKind.DaemonSet,
        ["cj"] = WorkloadKind.CronJob,
        ["rs"] = WorkloadKind.ReplicaSet,
        ["rc"] = WorkloadKind.ReplicationController,
    };

    /// <summary>The kind and the name; InvalidRequest where the text says another kind than the one that was typed.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="kind">The kind where the text says none.</param>
    /// <param name="isTyped">Whether that kind was typed, and so must not be contradicted.</param>
    internal static (WorkloadKind Kind, string Name) Parse(string text, WorkloadKind kind, bool isTyped)
    {
        if (text.Split('/') is not [var prefix, var name] || KindOf(prefix) is not { } own)
        {
            return (kind, text);
        }

        return !isTyped || own == kind
            ? (own, name)
            : throw new KubeApiException(FailureKind.InvalidRequest, $"'{text}' is a {own}, and -Kind says {kind}. Leave one of them out.", text);
    }

    private static WorkloadKind? KindOf(string prefix)
    {
        var resource = prefix.Split('.')[0];
        if (ShortNames.TryGetValue(resource, out var kind))
        {
            return kind;
        }

        return Enum.GetValues<WorkloadKind>()
            .Where(candidate => resource.Equals($"{candidate}", StringComparison.OrdinalIgnoreCase) || resource.Equals($"{candidate}s", StringComparison.OrdinalIgnoreCase))
            .Select(candidate => (WorkloadKind?)candidate)
            .FirstOrDefault();
    }
}
