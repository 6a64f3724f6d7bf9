using System.Text.Json;
using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

public sealed class WorkloadTests
{
    [Theory]
    [InlineData(WorkloadKind.Deployment, "/apis/apps/v1/namespaces/shop/deployments/web")]
    [InlineData(WorkloadKind.StatefulSet, "/apis/apps/v1/namespaces/shop/statefulsets/web")]
    [InlineData(WorkloadKind.DaemonSet, "/apis/apps/v1/namespaces/shop/daemonsets/web")]
    [InlineData(WorkloadKind.ReplicaSet, "/apis/apps/v1/namespaces/shop/replicasets/web")]
    [InlineData(WorkloadKind.Job, "/apis/batch/v1/namespaces/shop/jobs/web")]
    [InlineData(WorkloadKind.CronJob, "/apis/batch/v1/namespaces/shop/cronjobs/web")]
    public async Task Points_the_template_at_another_account_by_one_patch(WorkloadKind kind, string path)
    {
        await using var cluster = new WireCluster(request => WireReply.Ok(Json(kind, request.Method == "GET" ? "old" : "new")));
        var changed = await cluster.Connect().SetWorkloadServiceAccountAsync(kind, "shop", "web", "new", cluster.Call);
        Assert.Equal((kind, "new", "old"), (changed.Kind, changed.ServiceAccount, changed.PreviousServiceAccount));

        var patch = cluster.Server.Requests[1];
        Assert.Equal(("PATCH", path), (patch.Method, patch.Path));
        Assert.StartsWith("application/strategic-merge-patch+json", patch.Header("Content-Type"), StringComparison.Ordinal);
        var pod = """{"serviceAccountName":"new","serviceAccount":"new"}""";
        var template = """{"spec":{"template":{"spec":POD}}}""".Replace("POD", pod, StringComparison.Ordinal);
        Assert.Equal(
            kind == WorkloadKind.CronJob ? """{"spec":{"jobTemplate":TEMPLATE}}""".Replace("TEMPLATE", template, StringComparison.Ordinal) : template,
            patch.Body);
    }

    [Fact]
    public async Task Changes_nothing_where_it_is_so_already()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok(Json(WorkloadKind.Deployment, "new")));
        var same = await cluster.Connect().SetWorkloadServiceAccountAsync(WorkloadKind.Deployment, "shop", "web", "new", cluster.Call);
        Assert.Null(same.PreviousServiceAccount);
        Assert.Equal("GET", Assert.Single(cluster.Server.Requests).Method);
    }

    [Fact]
    public async Task Tells_how_far_a_rollout_is()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{"name":"web","namespace":"shop","generation":3},"spec":{"replicas":4,"template":{"spec":{"containers":[]}}},
             "status":{"observedGeneration":2,"replicas":5,"updatedReplicas":1,"availableReplicas":3}}
            """));
        var web = await cluster.Connect().GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call);
        Assert.Equal(("default", 4, 1, 3, 5), (web.ServiceAccount, web.Replicas, web.UpdatedReplicas, web.AvailableReplicas, web.TotalReplicas));
        Assert.Equal((3L, 2L, false), (web.Generation, web.ObservedGeneration, web.RolledOut));
    }

    [Fact]
    public async Task Names_a_workload_that_is_not_there()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(404, "NotFound", "deployments.apps \"web\" not found", """{"name":"web","group":"apps","kind":"deployments"}"""));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call));
        Assert.Equal((FailureKind.WorkloadNotFound, "shop/web"), (failure.Kind, failure.Target));
        Assert.StartsWith("There is no Deployment 'web' in the namespace 'shop'", failure.Message, StringComparison.Ordinal);
    }

    private static string Json(WorkloadKind kind, string account)
    {
        var template = new { template = new { spec = new { serviceAccountName = account, containers = Array.Empty<string>() } } };
        object spec = kind == WorkloadKind.CronJob ? new { schedule = "* * * * *", jobTemplate = new { spec = template } } : template;
        return JsonSerializer.Serialize(new { metadata = new { name = "web", @namespace = "shop" }, spec });
    }
}
