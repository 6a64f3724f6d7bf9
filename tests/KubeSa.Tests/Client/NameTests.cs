using System.Text.RegularExpressions;
using KubeSa.Api;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Rows 6 and 22: what goes into a path, and in which order.</summary>
public sealed partial class NameTests
{
    [Theory]
    [InlineData("../../secrets/s")]
    [InlineData("a?x=1")]
    [InlineData("a%2Fb")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("Upper")]
    public async Task Row_6_a_name_that_would_lead_elsewhere_never_leaves(string name)
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x"));
        var api = cluster.Connect();
        Func<Task>[] calls =
        [
            () => api.GetServiceAccountAsync("default", name, cluster.Call),
            () => api.GetServiceAccountAsync(name, "x", cluster.Call),
            () => api.CreateServiceAccountAsync(new ServiceAccountSpec("default", name), cluster.Call),
            () => api.CreateServiceAccountAsync(new ServiceAccountSpec(name, "x"), cluster.Call),
            () => api.GetSecretAsync("default", name, cluster.Call),
            () => api.GetSecretAsync(name, "x", cluster.Call),
            () => api.GetWorkloadAsync(WorkloadKind.Deployment, "default", name, cluster.Call),
            () => api.GetWorkloadAsync(WorkloadKind.Deployment, name, "x", cluster.Call),
            () => api.SetWorkloadServiceAccountAsync(Workload("x"), name, cluster.Call),
            () => api.SetWorkloadServiceAccountAsync(Workload(name), "x", cluster.Call),
            () => api.NamespaceExistsAsync(name, cluster.Call),
            async () => await api.ListServiceAccountsAsync(new ListQuery(name), cluster.Call).GetAsyncEnumerator().MoveNextAsync(),
            async () => await api.ListTokenSecretsAsync(new ListQuery(name), cluster.Call).GetAsyncEnumerator().MoveNextAsync(),
        ];
        foreach (var call in calls)
        {
            Assert.Equal(FailureKind.InvalidName, (await Assert.ThrowsAsync<KubeApiException>(call)).Kind);
        }

        Assert.Empty(cluster.Server.Requests);
    }

    [Fact]
    public void Row_22_every_argument_of_the_client_library_is_named()
    {
        var calls = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "KubeSa.Client"), "*Api.cs", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "src", "KubeSa.Client", "Resources", "WorkloadResource.cs"))
            .SelectMany(file => LibraryCall().Matches(File.ReadAllText(file)))
            .ToList();
        Assert.True(calls.Count > 10, "The pattern no longer finds the calls.");
        Assert.All(calls, call => Assert.All(
            Initializer().Replace(call.Groups["arguments"].Value, string.Empty).Split(','),
            argument => Assert.Matches(@"^\s*\w+:", argument)));
    }

    private static Workload Workload(string name) =>
        new() { Kind = WorkloadKind.Deployment, Namespace = "default", Name = name, ServiceAccount = "y" };

    [GeneratedRegex(@"\{([^{}]|\{[^{}]*\})*\}")]
    private static partial Regex Initializer();

    [GeneratedRegex(@"(client\.(CoreV1|BatchV1|AuthenticationV1|AuthorizationV1|RbacAuthorizationV1|Version)|With\(client, version\))\.\w+(<\w+>)?\((?<arguments>[^()]*(\([^()]*\)[^()]*)*)\)")]
    private static partial Regex LibraryCall();
}
