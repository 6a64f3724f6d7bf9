using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

public sealed class UsageTests
{
    [Fact]
    public async Task Finds_every_place_where_a_pod_has_a_token()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{},"items":[{"metadata":{"name":"p","namespace":"ns","ownerReferences":[{"kind":"ReplicaSet","name":"rs","controller":true}]},
             "status":{"phase":"Running"},
             "spec":{"nodeName":"n1","serviceAccount":"app","containers":[
               {"name":"a","volumeMounts":[{"name":"kube-api-access-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"},{"name":"other","mountPath":"/secrets/"},{"name":"plain","mountPath":"/plain"}]},
               {"name":"b","volumeMounts":[{"name":"kube-api-access-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"},{"name":"other","mountPath":"/one","subPath":"dir/vault"},{"name":"other","mountPath":"/none","subPath":"elsewhere"}]}],
              "volumes":[
               {"name":"kube-api-access-x","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt"}}]}},
               {"name":"other","projected":{"sources":[{"serviceAccountToken":{"audience":"vault","path":"dir/vault"}}]}},
               {"name":"plain","secret":{"secretName":"x"}}]}}]}
            """));
        var pod = Assert.Single(await AllOf(cluster.Connect().ListPodUsesAsync("ns", cluster.Call)));
        Assert.Equal(("Pod/p", "app", "ReplicaSet/rs", "Running", "n1", false), (pod.Reference, pod.ServiceAccount, pod.Owner, pod.Phase, pod.Node, pod.IsOver));
        Assert.Equal(
            [
                new TokenMount("kube-api-access-x", TokenMount.UsualFolder + "/token", null, 3607, TokenMountKind.Automount),
                new TokenMount("other", "/secrets/dir/vault", "vault", 3600, TokenMountKind.Projected),
                new TokenMount("other", "/one", "vault", 3600, TokenMountKind.Projected),
            ],
            pod.Mounts);
    }

    [Fact]
    public async Task Knows_the_secret_that_older_servers_mount()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{},"items":[{"metadata":{"name":"p","namespace":"ns"},"status":{"phase":"Failed"},"spec":{"automountServiceAccountToken":true,
             "containers":[{"name":"a","volumeMounts":[{"name":"default-token-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],
             "volumes":[{"name":"default-token-x","secret":{"secretName":"default-token-x"}}]}}]}
            """));
        var pod = Assert.Single(await AllOf(cluster.Connect().ListPodUsesAsync("ns", cluster.Call)));
        Assert.Equal(("default", null, true, true), (pod.ServiceAccount, pod.Owner, pod.IsOver, pod.Automount));
        Assert.Equal(
            new TokenMount("default-token-x", TokenMount.UsualFolder + "/token", null, null, TokenMountKind.Automount), Assert.Single(pod.Mounts));
    }

    [Fact]
    public async Task Tells_a_secret_that_a_pod_mounts_itself_from_one_that_the_server_mounts()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{},"items":[{"metadata":{"name":"p","namespace":"ns"},"spec":{"automountServiceAccountToken":false,
             "containers":[{"name":"a","volumeMounts":[{"name":"own","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount/"}]}],
             "volumes":[{"name":"own","secret":{"secretName":"app-token"}}]}}]}
            """));
        var pod = Assert.Single(await AllOf(cluster.Connect().ListPodUsesAsync("ns", cluster.Call)));
        Assert.Equal(TokenMountKind.Secret, Assert.Single(pod.Mounts).Kind);
    }

    [Fact]
    public async Task Finds_every_Secret_that_a_pod_asks_for_and_that_may_hold_a_token()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"metadata":{},"items":[{"metadata":{"name":"rc","namespace":"ns"},"spec":{"template":{"spec":{"serviceAccountName":"app",
              "containers":[{"name":"a",
                "env":[{"name":"T","valueFrom":{"secretKeyRef":{"name":"in-variable","key":"token"}}},{"name":"P","valueFrom":{"secretKeyRef":{"name":"password","key":"password"}}}],
                "envFrom":[{"secretRef":{"name":"all-of-it"}},{"configMapRef":{"name":"settings"}}],
                "volumeMounts":[{"name":"whole","mountPath":"/whole"},{"name":"renamed","mountPath":"/renamed/"},{"name":"without","mountPath":"/without"},
                  {"name":"part","mountPath":"/file","subPath":"token"},{"name":"projected","mountPath":"/projected"},
                  {"name":"app-token-x7c5z","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],
              "volumes":[{"name":"whole","secret":{"secretName":"s1"}},
                {"name":"renamed","secret":{"secretName":"s2","items":[{"key":"token","path":"jwt"}]}},
                {"name":"without","secret":{"secretName":"s3","items":[{"key":"ca.crt","path":"ca"}]}},
                {"name":"part","secret":{"secretName":"s4"}},
                {"name":"projected","projected":{"sources":[{"secret":{"name":"s5","items":[{"key":"token","path":"t"}]}}]}},
                {"name":"app-token-x7c5z","secret":{"secretName":"app-token-x7c5z"}},
                {"name":"unmounted","secret":{"secretName":"s6"}}]}}}}]}
            """));
        var use = Assert.Single(await AllOf(cluster.Connect().ListTemplateUsesAsync(WorkloadKind.ReplicationController, "ns", cluster.Call)));
        Assert.StartsWith("/api/v1/namespaces/ns/replicationcontrollers", cluster.Server.Requests[0].Path, StringComparison.Ordinal);
        Assert.Equal(("ReplicationController/rc", "app"), (use.Reference, use.ServiceAccount));
        Assert.Equal(
            [
                new SecretUse("s1", "whole", "/whole/token"),
                new SecretUse("s2", "renamed", "/renamed/jwt"),
                new SecretUse("s4", "part", "/file"),
                new SecretUse("s5", "projected", "/projected/t"),
                new SecretUse("in-variable", null, null),
                new SecretUse("all-of-it", null, null),
            ],
            use.Secrets);
    }

    [Fact]
    public async Task Asks_servers_before_1_21_for_cron_jobs_in_their_version()
    {
        await using var cluster = new WireCluster(request => request.Path.Contains("/batch/v1/", StringComparison.Ordinal)
            ? new WireReply(404, "404 page not found", "text/plain")
            : WireReply.Ok("""
                {"metadata":{},"items":[{"metadata":{"name":"c","namespace":"ns"},"spec":{"jobTemplate":{"spec":{"template":{"spec":{"serviceAccountName":"app"}}}}}}]}
                """));
        var job = Assert.Single(await AllOf(cluster.Connect().ListTemplateUsesAsync(WorkloadKind.CronJob, "ns", cluster.Call)));
        Assert.Equal(("CronJob/c", "app"), (job.Reference, job.ServiceAccount));
        Assert.StartsWith("/apis/batch/v1beta1/namespaces/ns/cronjobs", cluster.Server.Requests[1].Path, StringComparison.Ordinal);
    }

    private static async Task<List<PodUse>> AllOf(IAsyncEnumerable<Page<PodUse>> pages)
    {
        var all = new List<PodUse>();
        await foreach (var page in pages)
        {
            all.AddRange(page.Items);
        }

        return all;
    }
}
