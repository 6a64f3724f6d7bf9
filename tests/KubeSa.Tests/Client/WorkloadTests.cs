using System.Text.Json;
using KubeSa.Api;
using KubeSa.Cmdlets;
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
    [InlineData(WorkloadKind.ReplicationController, "/api/v1/namespaces/shop/replicationcontrollers/web")]
    [InlineData(WorkloadKind.Job, "/apis/batch/v1/namespaces/shop/jobs/web")]
    [InlineData(WorkloadKind.CronJob, "/apis/batch/v1/namespaces/shop/cronjobs/web")]
    public async Task Points_the_template_at_another_account_by_one_patch(WorkloadKind kind, string path)
    {
        await using var cluster = new WireCluster(request => WireReply.Ok(Json(kind, request.Method == "GET" ? "old" : "new")));
        var api = cluster.Connect();
        var changed = await api.SetWorkloadServiceAccountAsync(await api.GetWorkloadAsync(kind, "shop", "web", cluster.Call), "new", cluster.Call);
        Assert.Equal((kind, "new", "old"), (changed.Kind, changed.ServiceAccount, changed.PreviousServiceAccount));

        var patch = cluster.Server.Requests[1];
        Assert.Equal(("PATCH", path), (patch.Method, patch.Path));
        Assert.StartsWith("application/strategic-merge-patch+json", patch.Header("Content-Type"), StringComparison.Ordinal);
        var pod = """{"serviceAccountName":"new","serviceAccount":"new"}""";
        var template = """{"spec":{"template":{"spec":POD}}}""".Replace("POD", pod, StringComparison.Ordinal);
        var spec = kind == WorkloadKind.CronJob ? """{"spec":{"jobTemplate":TEMPLATE}}""".Replace("TEMPLATE", template, StringComparison.Ordinal) : template;
        Assert.Equal(spec[..^1] + ""","metadata":{"uid":"u-1","resourceVersion":"7"}}""", patch.Body);
    }

    [Fact]
    public async Task Changes_nothing_where_it_is_so_already()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok(Json(WorkloadKind.Deployment, "new")));
        var api = cluster.Connect();
        var web = await api.GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call);
        var same = await api.SetWorkloadServiceAccountAsync(web, "new", cluster.Call);
        Assert.Null(same.PreviousServiceAccount);
        Assert.Equal("GET", Assert.Single(cluster.Server.Requests).Method);
    }

    [Theory]
    [InlineData("u-1", 1, true)] // Its controller reported; nobody wants anything else of it.
    [InlineData("u-1", 2, false)] // Somebody changed it.
    [InlineData("u-2", 1, false)] // It is another one.
    public async Task Goes_by_what_was_read_and_by_its_controllers_reports_since(string uid, int generation, bool goesOn)
    {
        string Web(string uid, int generation, int version) => $$"""
            {"metadata":{"name":"web","namespace":"shop","uid":"{{uid}}","generation":{{generation}},"resourceVersion":"{{version}}"},
             "spec":{"template":{"spec":{"serviceAccountName":"old","containers":[]} } } }
            """;
        var reads = 0;
        await using var cluster = new WireCluster(request =>
            request.Method == "GET" ? WireReply.Ok(Interlocked.Increment(ref reads) == 1 ? Web("u-1", 1, 7) : Web(uid, generation, 8))
            : request.Body.Contains("\"resourceVersion\":\"8\"", StringComparison.Ordinal) ? WireReply.Ok(Web("u-1", 2, 9))
            : WireReply.Failure(409, "Conflict", "the object has been modified", """{"name":"web","group":"apps","kind":"deployments"}"""));
        var api = cluster.Connect();
        var web = await api.GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call);
        if (goesOn)
        {
            Assert.Equal("9", (await api.SetWorkloadServiceAccountAsync(web, "new", cluster.Call)).ResourceVersion);
            return;
        }

        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.SetWorkloadServiceAccountAsync(web, "new", cluster.Call));
        Assert.Equal((FailureKind.Conflict, "shop/web"), (failure.Kind, failure.Target));
        Assert.Contains(uid == "u-1" ? "changed by somebody else" : "its uid was u-1 and is u-2 now", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_try_for_ever_where_the_server_always_says_conflict()
    {
        await using var cluster = new WireCluster(request => request.Method == "GET"
            ? WireReply.Ok(Json(WorkloadKind.Deployment, "old"))
            : WireReply.Failure(409, "Conflict", "the object has been modified", """{"name":"web","group":"apps","kind":"deployments"}"""));
        var api = cluster.Connect();
        var web = await api.GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call);
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.SetWorkloadServiceAccountAsync(web, "new", cluster.Call));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.InRange(cluster.Server.Requests.Count(request => request.Method == "PATCH"), 2, 10);
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

    [Fact]
    public async Task Points_cron_jobs_of_servers_before_1_21_at_an_account_in_their_version()
    {
        await using var cluster = new WireCluster(request => request.Path.Contains("/batch/v1/", StringComparison.Ordinal)
            ? new WireReply(404, "404 page not found", "text/plain")
            : WireReply.Ok(Json(WorkloadKind.CronJob, request.Method == "GET" ? "old" : "new")));
        var api = cluster.Connect();
        var changed = await api.SetWorkloadServiceAccountAsync(
            await api.GetWorkloadAsync(WorkloadKind.CronJob, "shop", "web", cluster.Call), "new", cluster.Call);
        Assert.Equal(("new", "old"), (changed.ServiceAccount, changed.PreviousServiceAccount));
        var patch = cluster.Server.Requests[^1];
        Assert.Equal(("PATCH", "/apis/batch/v1beta1/namespaces/shop/cronjobs/web"), (patch.Method, patch.Path));
        Assert.StartsWith("application/strategic-merge-patch+json", patch.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("\"serviceAccountName\":\"new\"", patch.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cron_job_that_is_missing_is_asked_for_once()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(404, "NotFound", "cronjobs.batch \"web\" not found", """{"name":"web","group":"batch","kind":"cronjobs"}"""));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetWorkloadAsync(WorkloadKind.CronJob, "shop", "web", cluster.Call));
        Assert.Equal(FailureKind.WorkloadNotFound, failure.Kind);
        Assert.Single(cluster.Server.Requests);
    }

    [Fact]
    public async Task Gives_up_waiting_where_the_controller_has_and_says_what_that_says()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{"name":"web","namespace":"shop","generation":3},"spec":{"replicas":1,"template":{"spec":{"containers":[]}}},
             "status":{"observedGeneration":3,"replicas":1,"updatedReplicas":0,"availableReplicas":1,"conditions":[
               {"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"},
               {"type":"ReplicaFailure","status":"True","message":"pods \"web-1-\" is forbidden: error looking up service account shop/ghost: serviceaccount \"ghost\" not found"}]}}
            """));
        var api = cluster.Connect();
        var web = await api.GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call);
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => new RolloutWait(api, TimeSpan.FromMinutes(5)).UntilDoneAsync(web, cluster.Call));
        Assert.Equal((FailureKind.TimedOut, "shop/web"), (failure.Kind, failure.Target));
        Assert.Contains("within the deadline that it sets itself: 0 of 1 pods updated", failure.Message, StringComparison.Ordinal);
        Assert.Contains("serviceaccount \"ghost\" not found", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_how_far_it_is_while_it_waits()
    {
        var answers = 0;
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{"name":"web","namespace":"shop","generation":2},"spec":{"replicas":2,"template":{"spec":{"containers":[]}}},
             "status":{"observedGeneration":2,"replicas":2,"updatedReplicas":2,"availableReplicas":READY}}
            """.Replace("READY", Interlocked.Increment(ref answers) == 1 ? "1" : "2", StringComparison.Ordinal)));
        var api = cluster.Connect();
        var web = await api.GetWorkloadAsync(WorkloadKind.Deployment, "shop", "web", cluster.Call);
        Assert.True((await new RolloutWait(api, TimeSpan.FromMinutes(5)).UntilDoneAsync(web, cluster.Call)).RolledOut);
        Assert.Equal(
            [("2 of 2 pods updated, 1 available", 50, false), ("2 of 2 pods updated, 2 available", 100, true)],
            cluster.Notices.OfType<ProgressNotice>().Select(notice => (notice.Status, notice.Percent, notice.Completed)));
    }

    private static string Json(WorkloadKind kind, string account)
    {
        var template = new { template = new { spec = new { serviceAccountName = account, containers = Array.Empty<string>() } } };
        object spec = kind == WorkloadKind.CronJob ? new { schedule = "* * * * *", jobTemplate = new { spec = template } } : template;
        return JsonSerializer.Serialize(new { metadata = new { name = "web", @namespace = "shop", uid = "u-1", resourceVersion = "7" }, spec });
    }
}
