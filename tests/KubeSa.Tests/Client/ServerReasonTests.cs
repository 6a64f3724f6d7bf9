using KubeSa.Api;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Where a server gives a reason, it is in the message; only where there is none, the message says so.</summary>
public sealed class ServerReasonTests
{
    private const string Quota = "exceeded quota: small, requested: count/serviceaccounts=1";

    [Theory]
    [InlineData(400, "BadRequest", "the name is in use by a webhook", "the name is in use by a webhook")]
    [InlineData(401, "Unauthorized", "token of a user that is locked out", "token of a user that is locked out")]
    [InlineData(401, "Unauthorized", "Unauthorized", "does not send a reason")]
    [InlineData(403, "Forbidden", "serviceaccounts \"x\" is forbidden: " + Quota, Quota)]
    [InlineData(403, "Forbidden", "serviceaccounts is forbidden: User \"jane\" cannot create resource \"serviceaccounts\" in API group \"\" in the namespace \"default\": the on-call shift is over", "the on-call shift is over")]
    [InlineData(403, "Forbidden", "users \"bob\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope", "'jane' may not impersonate another user or group (impersonate users in the whole cluster)")]
    [InlineData(409, "Conflict", "object is being deleted: serviceaccounts \"x\" already exists", "object is being deleted")]
    [InlineData(422, "Invalid", "ServiceAccount \"x\" is invalid: metadata.name: nope", "metadata.name: nope")]
    [InlineData(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", "disruption budget")]
    [InlineData(500, "InternalError", "No API token found for service account \"x\", retry after the token is automatically created", "No API token found for service account \"x\"")]
    [InlineData(503, "ServiceUnavailable", "etcd is compacting", "etcd is compacting")]
    [InlineData(504, "Timeout", "the webhook did not answer in 10s", "the webhook did not answer in 10s")]
    public async Task A_reason_of_the_server_is_in_the_message(int status, string reason, string message, string expected)
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(status, reason, message));
        var api = cluster.Connect(o => o with { Timeout = TimeSpan.FromSeconds(5) });
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.CreateServiceAccountAsync(new ServiceAccountSpec("default", "x"), cluster.Call));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever writes these words must have looked for a reason first, which the rows above hold.</summary>
    [Fact]
    public void No_message_says_that_there_is_no_reason_where_one_may_be_had()
    {
        var offences = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .Where(line => line.Contains("does not say why", StringComparison.Ordinal) || line.Contains("not foreseen", StringComparison.Ordinal))
                .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(offences);
    }
}
