using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>Workloads of one container, with all the defaults the API would fill in.</summary>
internal static class PodTemplate
{
    public static JsonObject Deployment(string ns, string name, string account, int replicas)
    {
        JsonObject Labels() => new() { ["app"] = name };
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = ns,
                ["uid"] = Guid.NewGuid().ToString(),
                ["generation"] = 1,
                ["labels"] = Labels(),
            },
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["selector"] = new JsonObject { ["matchLabels"] = Labels() },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = Labels() },
                    ["spec"] = Spec(name, account),
                },
                ["strategy"] = new JsonObject
                {
                    ["type"] = "RollingUpdate",
                    ["rollingUpdate"] = new JsonObject { ["maxUnavailable"] = "25%", ["maxSurge"] = "25%" },
                },
                ["revisionHistoryLimit"] = 10,
                ["progressDeadlineSeconds"] = 600,
            },
            ["status"] = new JsonObject(),
        };
    }

    public static JsonObject Spec(string name, string account) => new()
    {
        ["containers"] = new JsonArray(new JsonObject
        {
            ["name"] = name,
            ["image"] = $"registry.example.com/{name}:1",
            ["resources"] = new JsonObject(),
            ["terminationMessagePath"] = "/dev/termination-log",
            ["terminationMessagePolicy"] = "File",
            ["imagePullPolicy"] = "IfNotPresent",
        }),
        ["restartPolicy"] = "Always",
        ["terminationGracePeriodSeconds"] = 30,
        ["dnsPolicy"] = "ClusterFirst",
        ["serviceAccountName"] = account,
        ["serviceAccount"] = account,
        ["securityContext"] = new JsonObject(),
        ["schedulerName"] = "default-scheduler",
    };
}
