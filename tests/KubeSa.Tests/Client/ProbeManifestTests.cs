using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.ProbeJobs;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>The manifests for doing it by hand, and that the cmdlet does the same.</summary>
public sealed partial class ProbeManifestTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "module", "kubernetes");

    private static readonly ProbeSpec Spec = new("team-a", "web", new AccessQuestion { Resource = "secrets", Namespace = "team-b", Timeout = TimeSpan.FromSeconds(7) }, TimeSpan.FromSeconds(90));

    [Fact]
    public void Makes_the_job_of_the_manifest_with_nothing_but_the_answers_filled_in()
    {
        var made = Json(ProbeManifest.Compose(Spec with { Image = "mirror.example/pwsh:7.4", Keep = false }));
        var byHand = Json(KubernetesYaml.Deserialize<V1Job>(Read("probe-job.yaml")));
        byHand["metadata"]!["namespace"] = "team-a";
        byHand["spec"]!["activeDeadlineSeconds"] = 120;
        var pod = byHand["spec"]!["template"]!["spec"]!;
        pod["serviceAccountName"] = "web";
        pod["containers"]![0]!["image"] = "mirror.example/pwsh:7.4";
        Set(pod, "KUBESA_RESOURCE", "secrets");
        Set(pod, "KUBESA_NAMESPACE", "team-b");
        Set(pod, "KUBESA_TIMEOUT", "7");
        Assert.True(JsonNode.DeepEquals(byHand, made), made.ToJsonString());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(ImagePullPolicy.Always, "Always")]
    [InlineData(ImagePullPolicy.IfNotPresent, "IfNotPresent")]
    [InlineData(ImagePullPolicy.Never, "Never")]
    public void Pulls_the_image_when_it_is_told_to(ImagePullPolicy? policy, string? written) =>
        Assert.Equal(written, Assert.Single(ProbeManifest.Compose(Spec with { ImagePullPolicy = policy }).Spec.Template.Spec.Containers).ImagePullPolicy);

    // An image without a version, or of the latest, is pulled by every node each time.
    [Fact]
    public void Names_images_of_a_fixed_version()
    {
        var files = Directory.GetFiles(Folder).Where(file => Path.GetExtension(file) is ".yaml" or "").ToArray();
        var images = files.SelectMany(file => Images().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToArray();
        Assert.True(images.Length >= 3, "The files no longer name their images as this looks for them.");
        Assert.All(images, image => Assert.Matches(@":\d+\.\d+[\w.-]*$", image));
    }

    [Fact]
    public void Lets_the_cluster_end_and_delete_what_nobody_waits_for_any_more()
    {
        var job = ProbeManifest.Compose(Spec);
        Assert.Equal((120, 300, 0), (job.Spec.ActiveDeadlineSeconds, job.Spec.TtlSecondsAfterFinished, job.Spec.BackoffLimit));
        Assert.Null(ProbeManifest.Compose(Spec with { Keep = true }).Spec.TtlSecondsAfterFinished);
    }

    [Fact]
    public void Carries_the_script_as_it_lies_beside_the_manifest() =>
        Assert.Equal(Read("Get-KubeEvidence.ps1"), Assert.Single(ProbeManifest.Compose(Spec).Spec.Template.Spec.Containers.Single().Args));

    public static TheoryData<string> Manifests => ["probe-job.yaml", "check-cronjob.yaml"];

    // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
    [Theory]
    [MemberData(nameof(Manifests))]
    public void Keeps_to_the_restricted_level_and_a_root_that_cannot_be_written(string file)
    {
        var pod = PodOf(file);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.True(pod.SecurityContext.RunAsUser > 0);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True(pod.HostNetwork is null && pod.HostPID is null && pod.HostIPC is null);
        Assert.All(pod.Volumes, volume => Assert.NotNull(volume.EmptyDir));
        var container = Assert.Single(pod.Containers);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Null(container.SecurityContext.Privileged);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Null(container.SecurityContext.Capabilities.Add);
        Assert.Null(container.Ports);
        Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
        Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order());
        Assert.Equal("/tmp", container.Env.Single(e => e.Name == "HOME").Value);
        Assert.Contains(container.VolumeMounts, mount => mount.MountPath == "/tmp");
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Mounts_the_token_whatever_the_account_says_and_never_runs_twice(string file)
    {
        var pod = PodOf(file);
        Assert.True(pod.AutomountServiceAccountToken);
        Assert.Equal("Never", pod.RestartPolicy);
        Assert.All(["app.kubernetes.io/name", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"], label => Assert.Contains($"{label}:", Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Checks_regularly_in_the_same_pod_but_for_its_image_and_what_it_runs()
    {
        var (probe, check) = (Json(PodOf("probe-job.yaml")), Json(PodOf("check-cronjob.yaml")));
        foreach (var container in new[] { probe["containers"]![0]!.AsObject(), check["containers"]![0]!.AsObject() })
        {
            container.Remove("name");
            container.Remove("image");
            container.Remove("args");
            container["env"] = new JsonArray([.. container["env"]!.AsArray().Where(e => !((string)e!["name"]!).StartsWith("KUBESA", StringComparison.Ordinal)).Select(e => e!.DeepClone())]);
        }

        Assert.True(JsonNode.DeepEquals(probe, check), check.ToJsonString());
    }

    [Fact]
    public void Builds_the_image_of_the_checks_on_that_of_the_probe_and_as_their_user()
    {
        var file = Read("Containerfile");
        var probe = PodOf("probe-job.yaml");
        Assert.Matches($@"(?m)^FROM {Regex.Escape(probe.Containers[0].Image)}$", file);
        Assert.Matches($"(?m)^USER {probe.SecurityContext.RunAsUser}:{probe.SecurityContext.RunAsGroup}$", file);
        Assert.Contains($"-t {PodOf("check-cronjob.yaml").Containers[0].Image} ", file, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^COPY KubeSa \S+/powershell/Modules/KubeSa$", file);
    }

    private static V1PodSpec PodOf(string file) => file.Contains("cronjob", StringComparison.Ordinal)
        ? KubernetesYaml.Deserialize<V1CronJob>(Read(file)).Spec.JobTemplate.Spec.Template.Spec
        : KubernetesYaml.Deserialize<V1Job>(Read(file)).Spec.Template.Spec;

    private static void Set(JsonNode pod, string name, string value) =>
        pod["containers"]![0]!["env"]!.AsArray().Single(e => (string)e!["name"]! == name)!["value"] = value;

    private static JsonNode Json(object model) => JsonNode.Parse(KubernetesJson.Serialize(model))!;

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    [GeneratedRegex(@"(?m)^\s*(?:- )?(?:image:|FROM)\s+(\S+)")]
    private static partial Regex Images();
}
