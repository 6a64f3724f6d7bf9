using System.Text.Json.Nodes;
using k8s.Models;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>The patch that gives a workload's pods another account.</summary>
internal static class WorkloadPatch
{
    /// <summary>
    /// Sets both names of the field, as kubectl set serviceaccount does: the old one would win on old servers. Uid and
    /// version make it fail where the workload is another one by now, or was changed.
    /// </summary>
    internal static V1Patch Of(Workload before, string serviceAccount)
    {
        JsonObject spec = new()
        {
            ["template"] = new JsonObject
            {
                ["spec"] = new JsonObject { ["serviceAccountName"] = serviceAccount, ["serviceAccount"] = serviceAccount },
            },
        };
        var patch = new JsonObject
        {
            ["spec"] = before.Kind == WorkloadKind.CronJob ? new JsonObject { ["jobTemplate"] = new JsonObject { ["spec"] = spec } } : spec,
        };
        if (before.Uid is not null)
        {
            patch["metadata"] = new JsonObject { ["uid"] = before.Uid, ["resourceVersion"] = before.ResourceVersion };
        }

        return new V1Patch(patch.ToJsonString(), V1Patch.PatchType.StrategicMergePatch);
    }
}
