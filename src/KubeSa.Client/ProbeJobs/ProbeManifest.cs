using System.Globalization;
using k8s;
using k8s.Models;
using KubeSa.Api;

namespace KubeSa.Client.ProbeJobs;

/// <summary>
/// The Job of a probe, made of the manifest that people can also use by hand, so that both are the same. A Job and no bare
/// pod: it ends by itself, and the cluster deletes it with its pod a while later, even where nobody is left to do it.
/// </summary>
internal static class ProbeManifest
{
    internal const string Container = "probe";

    // So that a client that waits is the first to give up, and can still say why.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    internal static V1Job Compose(ProbeSpec spec)
    {
        var job = KubernetesYaml.Deserialize<V1Job>(Read());
        job.Metadata.NamespaceProperty = spec.Namespace;
        job.Spec.ActiveDeadlineSeconds = (long)(spec.Timeout + Grace).TotalSeconds;
        job.Spec.TtlSecondsAfterFinished = spec.Keep ? null : job.Spec.TtlSecondsAfterFinished;
        var pod = job.Spec.Template.Spec;
        pod.ServiceAccountName = spec.ServiceAccount;
        var container = pod.Containers.Single();
        container.Image = spec.Image ?? container.Image;
        container.ImagePullPolicy = spec.ImagePullPolicy?.ToString();
        Set(container, "KUBESA_VERB", spec.Question.Verb);
        Set(container, "KUBESA_RESOURCE", spec.Question.Resource);
        Set(container, "KUBESA_NAMESPACE", spec.Question.Namespace ?? string.Empty);
        Set(container, "KUBESA_TIMEOUT", spec.Question.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return job;
    }

    /// <summary>The pod that the Job's controller will make.</summary>
    internal static V1Pod PodOf(V1Job job) => new()
    {
        Metadata = new V1ObjectMeta
        {
            GenerateName = job.Metadata.GenerateName,
            NamespaceProperty = job.Metadata.NamespaceProperty,
            Labels = job.Spec.Template.Metadata.Labels,
        },
        Spec = job.Spec.Template.Spec,
    };

    private static void Set(V1Container container, string name, string value) => container.Env.Single(e => e.Name == name).Value = value;

    private static string Read()
    {
        using var stream = typeof(ProbeManifest).Assembly.GetManifestResourceStream("probe-job.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
