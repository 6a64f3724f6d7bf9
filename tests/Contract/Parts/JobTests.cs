using System.Text.Json.Nodes;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Nodes;
using KubeSa.Sandbox.Storage;
using Xunit;

namespace KubeSa.Contract.Parts;

/// <summary>What the sandbox does with Jobs and pods where it was told to run them. No recorded cluster had a node at work.</summary>
public sealed class JobTests
{
    private const string Ns = "team-a";

    [Fact]
    public async Task Runs_no_job_where_nobody_asked_for_it()
    {
        await using var cluster = TestCluster.Of("modern");
        var pods = cluster.All("", "pods").Count;
        Job(cluster);
        await cluster.SettleAsync();
        Assert.Equal(pods, cluster.All("", "pods").Count);
    }

    [Fact]
    public async Task Makes_a_pod_of_the_template_with_the_accounts_mount_and_a_node()
    {
        await using var cluster = TestCluster.Of("modern", runsPods: true);
        Job(cluster);
        await cluster.State.Controllers.SettleAsync();
        var pod = Pod(cluster)!.Content();
        Assert.Equal(("web", "node-1", "Job", "j"), (pod.Text("spec", "serviceAccountName"), pod.Text("spec", "nodeName"), pod["metadata"]!["ownerReferences"]![0].Text("kind"), pod["metadata"]!["labels"].Text("job-name")));
        Assert.Contains(pod["spec"]!["volumes"]!.AsArray(), volume => volume.Text("name")!.StartsWith("kube-api-access-", StringComparison.Ordinal));
        Assert.Equal(1, (int)cluster.Find("batch", "jobs", Ns, "j")!.Content()["status"]!["active"]!);
    }

    [Theory]
    [InlineData("Succeeded", "Complete")]
    [InlineData("Failed", "Failed")]
    public async Task Ends_with_its_pod_and_is_deleted_with_it_when_its_time_to_live_is_over(string phase, string condition)
    {
        await using var cluster = TestCluster.Of("modern", runsPods: true);
        Job(cluster);
        await cluster.State.Controllers.SettleAsync();
        SetPhase(cluster, phase);
        await cluster.State.Controllers.SettleAsync();
        Assert.Equal(condition, cluster.Find("batch", "jobs", Ns, "j")!.Content()["status"]!["conditions"]![0].Text("type"));
        await cluster.SettleAsync();
        Assert.Null(cluster.Find("batch", "jobs", Ns, "j"));
        Assert.Null(Pod(cluster));
    }

    [Fact]
    public async Task Fails_at_its_deadline_and_takes_the_pod_with_it()
    {
        await using var cluster = TestCluster.Of("modern", runsPods: true);
        Job(cluster, ttl: "");
        await cluster.State.Controllers.SettleAsync();
        Assert.NotNull(Pod(cluster));
        await cluster.SettleAsync();
        Assert.Equal("DeadlineExceeded", cluster.Find("batch", "jobs", Ns, "j")!.Content()["status"]!["conditions"]![0].Text("reason"));
        Assert.Null(Pod(cluster));
    }

    [Fact]
    public async Task Tells_in_an_event_why_no_pod_can_be_made()
    {
        await using var cluster = TestCluster.Of("modern", runsPods: true);
        Job(cluster, account: "nobody");
        await cluster.State.Controllers.SettleAsync();
        var told = Assert.Single(cluster.All("", "events", Ns)).Content();
        Assert.Equal(("FailedCreate", "Job", "j"), (told.Text("reason"), told.Text("involvedObject", "kind"), told.Text("involvedObject", "name")));
        Assert.Contains("error looking up service account team-a/nobody", told.Text("message"), StringComparison.Ordinal);
        Assert.Null(Pod(cluster));
    }

    [Fact]
    public async Task Finds_no_node_while_all_are_cordoned_and_one_as_soon_as_it_is_not()
    {
        await using var cluster = TestCluster.Of("modern", runsPods: true);
        Cordon(cluster, true);
        Job(cluster);
        await cluster.State.Controllers.SettleAsync();
        var condition = Pod(cluster)!.Content()["status"]!["conditions"]![0];
        Assert.Equal(("PodScheduled", "False", "Unschedulable"), (condition.Text("type"), condition.Text("status"), condition.Text("reason")));
        Cordon(cluster, false);
        await cluster.State.Controllers.SettleAsync();
        Assert.Equal("node-1", Pod(cluster)!.Content().Text("spec", "nodeName"));
    }

    [Theory]
    [InlineData("mcr.microsoft.com/powershell", true, true)]
    [InlineData("mcr.microsoft.com/powershell:7.4-alpine", true, true)]
    [InlineData("mcr.microsoft.com/powershell@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true, true)]
    [InlineData("registry.example.com/kubesa:0.1.0", true, true)]
    [InlineData("registry.example.com:5000/other:1", true, false)]
    [InlineData("busybox", true, false)]
    [InlineData("Foo Bar", false, false)]
    [InlineData("", false, false)]
    public void Knows_images_by_their_names(string image, bool wellFormed, bool exists) =>
        Assert.Equal((wellFormed, exists), (Images.IsWellFormed(image), wellFormed && Images.Exists(image)));

    // https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
    [Theory]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(B)", "x1y2")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$(C)", "$(C)")]
    [InlineData("$A $", "$A $")]
    [InlineData("$(A", "$(A")]
    public void Expands_variables_as_kubernetes_does(string text, string expanded) =>
        Assert.Equal(expanded, Expansion.Expand(text, new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }));

    [Theory]
    [InlineData("/tmp", "/x/tmp")]
    [InlineData("/tmp/b", "/x/tmp/b")]
    [InlineData("/tmpfile", "/tmpfile")]
    [InlineData("/var/run/a", "/x/a")]
    [InlineData("a/tmp", "a/tmp")]
    public void Points_what_names_a_mounted_path_to_its_folder(string value, string folder) =>
        Assert.Equal(folder, PodFolders.Translate(value, new Dictionary<string, string> { ["/tmp"] = "/x/tmp", ["/var/run/a"] = "/x/a" }));

    private static void Job(TestCluster cluster, string account = "web", string ttl = "\"ttlSecondsAfterFinished\": 60,") => cluster.Create("batch", "jobs", $$$"""
        {"metadata":{"name":"j","namespace":"{{{Ns}}}"},
         "spec":{ {{{ttl}}} "activeDeadlineSeconds": 30, "template":{"metadata":{"labels":{"job-name":"j"}},
           "spec":{"serviceAccountName":"{{{account}}}","automountServiceAccountToken":true,"containers":[{"name":"c","image":"mcr.microsoft.com/powershell"}]} } } }
        """);

    private static StoredObject? Pod(TestCluster cluster) => cluster.All("", "pods", Ns).SingleOrDefault(pod => pod.Labels.ContainsKey("job-name"));

    private static void SetPhase(TestCluster cluster, string phase) => Change(cluster, "pods", Ns, Pod(cluster)!.Name, pod => pod["status"]!["phase"] = phase);

    private static void Cordon(TestCluster cluster, bool unschedulable) => Change(cluster, "nodes", "", "node-1", node => node["spec"]!["unschedulable"] = unschedulable);

    private static void Change(TestCluster cluster, string resource, string ns, string name, Action<JsonObject> change) =>
        cluster.State.Store.Update(cluster.State.Types.Get("", resource), ns, name, content =>
        {
            change(content);
            return content;
        });
}
