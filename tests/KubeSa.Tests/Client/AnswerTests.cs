using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Answers that are JSON, but no objects of Kubernetes. Lists of such are BadObjectTests.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":{"name":"x"}}""")]
    [InlineData("""{"metadata":null}""")]
    [InlineData("null")]
    public async Task An_object_without_a_name_is_no_answer_of_an_API_server(string body)
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok(body));
        var api = cluster.Connect();
        await Fails(() => api.GetServiceAccountAsync("default", "x", cluster.Call));
        await Fails(() => api.GetSecretAsync("default", "x", cluster.Call));
        await Fails(() => api.GetWorkloadAsync(WorkloadKind.Deployment, "default", "x", cluster.Call));
        await Fails(() => api.CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
    }

    private static async Task Fails(Func<Task> work)
    {
        var failure = await Assert.ThrowsAsync<KubeApiException>(work);
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
    }
}
