using System.Management.Automation;
using System.Text.Json.Nodes;
using KubeSa.Diagnosis;
using KubeSa.Tests.Diagnosis;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>
/// The probe against a server that says what a cluster may say. What the pod does is played by the script itself in a
/// hosted engine; that a real process does it is tested from outside.
/// </summary>
public sealed class InvokeKubeInClusterProbeTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Command = "Invoke-KubeInClusterProbe web";

    [Fact]
    public async Task Judges_here_what_the_script_saw_there_whatever_else_the_log_holds()
    {
        await using var server = new ProbeServer { Log = () => $"Welcome {{}}\n{RunScript()}\nbye\n" };
        using var engine = Connect(server);
        var report = Assert.Single(engine.Run(Command).RequireNoErrors().As<AccessReport>());
        Assert.Equal((true, "There are 10 pods in the cluster", "pod-watcher"), (report.Success, report.Summary, report.ServiceAccount));
        Assert.Contains("propagationPolicy=Background", server.Deletion.Path, StringComparison.Ordinal);
        Assert.Contains($"/jobs/{ProbeServer.Job}", server.Deletion.Path, StringComparison.Ordinal);
        Assert.Contains(server.Requests, r => r.Path.Contains($"labelSelector=job-name%3D{ProbeServer.Job}", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    [InlineData("null", false)]
    public async Task Says_where_the_accounts_ordinary_pods_get_no_token(string automount, bool said)
    {
        await using var server = new ProbeServer
        {
            Log = Healthy,
            Instead = r => r is { Method: "GET" } && r.Path.EndsWith("/serviceaccounts/web", StringComparison.Ordinal)
                ? WireReply.Ok($$$"""{"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"web","namespace":"team-a","uid":"u"},"automountServiceAccountToken":{{{automount}}}}""") : null,
        };
        using var engine = Connect(server);
        var result = engine.Run(Command).RequireNoErrors();
        var report = Assert.Single(result.As<AccessReport>());
        var mount = report.Checks.Single(check => check.Name == AccessCheckName.Mount);
        Assert.True(report.Success);
        Assert.Equal(said ? AccessCheckStatus.Warn : AccessCheckStatus.Pass, mount.Status);
        Assert.Equal(said, mount.Detail.Contains("a pod that does not ask for the token gets none", StringComparison.Ordinal));
        Assert.Equal(said, result.Warnings.Any(warning => warning.Contains("team-a/web get none", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Makes_a_job_for_what_was_asked()
    {
        await using var server = new ProbeServer { Log = Healthy };
        using var engine = Connect(server);
        engine.Run("Invoke-KubeInClusterProbe team-a/web -Verb delete -Resource deployments.apps -ResourceNamespace team-b -Image mirror.example/pwsh:7.4 -TimeoutSeconds 5").RequireNoErrors();
        var job = JsonNode.Parse(server.Requests.Single(r => r.Method == "POST" && r.Path.EndsWith("/jobs", StringComparison.Ordinal)).Body)!;
        var container = job["spec"]!["template"]!["spec"]!["containers"]![0]!;
        string Variable(string name) => (string)container["env"]!.AsArray().Single(e => (string)e!["name"]! == name)!["value"]!;
        Assert.Equal(
            ("kubesa-probe-", "mirror.example/pwsh:7.4", "delete", "deployments.apps", "team-b", "5", 35),
            ((string)job["metadata"]!["generateName"]!, (string)container["image"]!, Variable("KUBESA_VERB"), Variable("KUBESA_RESOURCE"), Variable("KUBESA_NAMESPACE"), Variable("KUBESA_TIMEOUT"), (int)job["spec"]!["activeDeadlineSeconds"]!));
        var tried = server.Requests.Single(r => r.Method == "POST" && r.Path.Contains("/pods", StringComparison.Ordinal));
        Assert.Contains("dryRun=All", tried.Path, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(job["spec"]!["template"]!["spec"], JsonNode.Parse(tried.Body)!["spec"]));
    }

    [Theory]
    [InlineData("pods \"kubesa-probe-x\" is forbidden: violates PodSecurity \"restricted:latest\": unrestricted capabilities", "AdmissionRefused", "unrestricted capabilities")]
    [InlineData("pods \"kubesa-probe-x\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=5, limited: pods=5", "QuotaExceeded", "limited: pods=5")]
    [InlineData("pods \"kubesa-probe-x\" is forbidden: error looking up service account team-a/web: serviceaccount \"web\" not found", "ServiceAccountNotFound", "New-KubeServiceAccount")]
    [InlineData("admission webhook \"policy.example\" denied the request: no images from there", "AdmissionRefused", "no images from there")]
    public async Task Tells_what_admission_says_before_anything_is_made(string message, string id, string words)
    {
        await using var server = new ProbeServer { Instead = r => r.Path.Contains("dryRun", StringComparison.Ordinal) ? WireReply.Failure(403, "Forbidden", message) : null };
        using var engine = Connect(server);
        Assert.Contains(words, engine.Run(Command).RequireError(id).Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Path.Contains("/jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_what_admission_says_of_the_job_itself()
    {
        await using var server = new ProbeServer
        {
            Instead = r => r is { Method: "POST" } && r.Path.EndsWith("/jobs", StringComparison.Ordinal)
                ? WireReply.Failure(403, "Forbidden", "jobs.batch \"x\" is forbidden: exceeded quota: few, requested: count/jobs.batch=1") : null,
        };
        using var engine = Connect(server);
        engine.Run(Command).RequireError("QuotaExceeded");
        Assert.DoesNotContain(server.Requests, r => r.Method == "DELETE");
    }

    [Theory]
    [InlineData(403, "pods is forbidden: User \"ann\" cannot create resource \"pods\"")]
    [InlineData(400, "admission webhook \"x\" does not support dry run")]
    public async Task Goes_on_where_that_cannot_be_asked_and_reads_the_events_instead(int code, string message)
    {
        await using var server = new ProbeServer
        {
            State = null,
            Instead = r => r.Path.Contains("dryRun", StringComparison.Ordinal) ? WireReply.Failure(code, "No", message)
                : r.Path.Contains("/events", StringComparison.Ordinal) ? WireReply.Ok(
                    """{"kind":"EventList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"e"},"involvedObject":{},"message":"Error creating: pods \"x\" is forbidden: exceeded quota: small"}]}""")
                : null,
        };
        using var engine = Connect(server);
        engine.Run(Command).RequireError("QuotaExceeded");
        Assert.NotNull(server.Deletion);
    }

    [Theory]
    [InlineData("""{"waiting":{"reason":"ImagePullBackOff","message":"Back-off"}}""", "ImagePullFailed")]
    [InlineData("""{"waiting":{"reason":"CreateContainerConfigError","message":"image will run as root"}}""", "PodFailed")]
    [InlineData("""{"terminated":{"exitCode":1,"reason":"Error"}}""", "PodFailed")]
    [InlineData("""{"waiting":{"reason":"ContainerCreating"}}""", "TimedOut")]
    public async Task Cleans_up_where_the_pod_does_not_do_its_work(string state, string id)
    {
        await using var server = new ProbeServer { State = state };
        using var engine = Connect(server);
        engine.Run($"{Command} -TimeoutSeconds 1").RequireError(id);
        Assert.NotNull(server.Deletion);
    }

    [Fact]
    public async Task Says_what_the_kubelet_said_first_of_an_image_it_now_only_backs_off_from()
    {
        await using var server = new ProbeServer { State = """{"waiting":{"reason":"ErrImagePull","message":"manifest unknown"}}""" };
        server.Instead = r =>
        {
            // The second look.
            if (server.Requests.Count(q => q.Path.Contains("labelSelector", StringComparison.Ordinal)) > 1)
            {
                server.State = """{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}""";
            }

            return null;
        };
        using var engine = Connect(server);
        Assert.Contains("manifest unknown", engine.Run(Command).RequireError("ImagePullFailed").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_log_again_that_lags_behind()
    {
        var reads = 0;
        await using var server = new ProbeServer { Log = () => ++reads < 3 ? "half" : Healthy() };
        using var engine = Connect(server);
        Assert.True(Assert.Single(engine.Run(Command).RequireNoErrors().As<AccessReport>()).Success);
    }

    [Fact]
    public async Task Leaves_everything_with_keep_and_makes_nothing_with_whatif()
    {
        await using var server = new ProbeServer { Log = Healthy };
        using var engine = Connect(server);
        Assert.Empty(engine.Run($"{Command} -WhatIf").RequireNoErrors().Output);
        Assert.All(server.Requests, r => Assert.Equal("GET", r.Method));
        engine.Run($"{Command} -Keep").RequireNoErrors();
        Assert.DoesNotContain(server.Requests, r => r.Method == "DELETE");
        Assert.DoesNotContain("ttlSecondsAfterFinished", server.Requests.Last(r => r.Method == "POST").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_where_the_job_cannot_be_deleted_and_reports_all_the_same()
    {
        await using var server = new ProbeServer { Log = Healthy, Instead = r => r.Method == "DELETE" ? WireReply.Failure(403, "Forbidden", "User \"ann\" cannot delete") : null };
        using var engine = Connect(server);
        var result = engine.Run(Command).RequireNoErrors();
        Assert.Single(result.As<AccessReport>());
        Assert.Contains(ProbeServer.Job, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deletes_the_job_on_ctrl_c_even_where_it_is_only_being_made(bool whileMade)
    {
        using var answer = new ManualResetEventSlim(!whileMade);
        await using var server = new ProbeServer { State = null };
        server.Instead = r =>
        {
            if (r is { Method: "POST" } && r.Path.EndsWith("/jobs", StringComparison.Ordinal))
            {
                server.Created.TrySetResult();
                answer.Wait(TimeSpan.FromSeconds(30));
            }

            return null;
        };
        using var engine = Connect(server);
        using var shell = PowerShell.Create();
        shell.Runspace = engine.Runspace;
        var running = shell.AddScript(Command).BeginInvoke();
        await server.Created.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        // The answer is held back until below, so that a stop which waited for it would never return.
        shell.Stop();
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        answer.Set();
        await server.Deleted.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains($"/jobs/{ProbeServer.Job}", server.Deletion.Path, StringComparison.Ordinal);
        Assert.Empty(shell.Streams.Error);
    }

    [Theory]
    [InlineData("key-9", AccessCause.SignatureKeyUnknown)]
    [InlineData("key-1", AccessCause.TokenRejected)]
    public async Task Asks_the_server_for_its_keys_where_it_refuses_the_token(string serverKey, AccessCause cause)
    {
        static string Named(string kind, string name, string uid) =>
            $$"""{"kind":"{{kind}}","apiVersion":"v1","metadata":{"name":"{{name}}","namespace":"shop","uid":"{{uid}}"} }""";

        var deleted = false;
        WireReply? Note(WireRequest request)
        {
            deleted |= request.Method == "DELETE";
            return null;
        }

        await using var server = new ProbeServer
        {
            Log = () => Log(Diagnosis.HealthyEvidence.Evidence.Refused()),
            Instead = r => r.Path switch
            {
                "/openid/v1/jwks" => WireReply.Ok($$"""{"keys":[{"kty":"RSA","kid":"{{serverKey}}","alg":"RS256","n":"AQAB","e":"AQAB"}]}"""),
                "/api/v1/namespaces/shop/serviceaccounts/cart" => WireReply.Ok(Named("ServiceAccount", "cart", "u-1")),

                // As in a cluster: the pod is there until its Job is deleted.
                "/api/v1/namespaces/shop/pods/cart-7" when !deleted => WireReply.Ok(Named("Pod", "cart-7", "u-2")),
                _ => Note(r),
            },
        };
        using var engine = Connect(server);
        Assert.Equal(cause, Assert.Single(engine.Run(Command).RequireNoErrors().As<AccessReport>()).Cause);
    }

    [Fact]
    public async Task Judges_as_the_pod_would_where_the_caller_may_not_ask_further()
    {
        await using var server = new ProbeServer { Log = () => Log(Diagnosis.HealthyEvidence.Evidence.With(Diagnosis.HealthyEvidence.Legacy).Refused()), Instead = r => r.Path.Contains("secret", StringComparison.Ordinal) || r.Path.Contains("openid", StringComparison.Ordinal) ? WireReply.Failure(403, "Forbidden", "User \"ann\" cannot") : null };
        using var engine = Connect(server);
        Assert.Equal(AccessCause.TokenRejected, Assert.Single(engine.Run(Command).RequireNoErrors().As<AccessReport>()).Cause);
    }

    private static string Healthy() => Log(Diagnosis.HealthyEvidence.Evidence);

    private static string Log(AccessEvidence evidence) => $"{EvidenceMarkers.Begin}\n{EvidenceJson.Write(evidence)}\n{EvidenceMarkers.End}\n";

    private static HostedEngine Connect(ProbeServer server)
    {
        var engine = new HostedEngine();
        engine.Run(server.Connect).RequireNoErrors();
        return engine;
    }

    private string RunScript()
    {
        using var engine = new HostedEngine(import: false);
        var script = File.ReadAllText(Path.Combine(Repository.Root, "module", "kubernetes", "Get-KubeEvidence.ps1"));
        return string.Join('\n', engine.Run($"& {{ {script} }} -Mount $args[0]", sandbox.Server.MountPath).RequireNoErrors().Text);
    }
}
