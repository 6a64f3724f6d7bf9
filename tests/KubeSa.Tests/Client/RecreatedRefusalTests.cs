using KubeSa.Api;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>What real servers answer where the uid that was sent along is not that of the object.</summary>
public sealed class RecreatedRefusalTests
{
    private const string Sent = "00000000-0000-0000-0000-000000000000";

    [Theory]
    [InlineData("kubernetes-1.36", "07-18-merge-patch-uid", false)]
    [InlineData("kubernetes-1.20", "07-18-merge-patch-uid", false)]
    [InlineData("kubernetes-1.36", "08-03-delete-uid-mismatch", true)]
    [InlineData("kubernetes-1.20", "08-03-delete-uid-mismatch", true)]
    [InlineData("kubernetes-1.36", "07-33-replace-uid-mismatch", true)]
    public async Task A_refusal_for_the_uid_is_told_as_a_conflict_with_the_uids_there_are(string version, string recording, bool namesBoth)
    {
        var response = Recordings.Read(version, recording).GetProperty("response");
        await using var cluster = new WireCluster(_ => new WireReply(response.GetProperty("status").GetInt32(), response.GetProperty("body").GetRawText()));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() =>
            cluster.Connect().ChangeServiceAccountAsync(new ServiceAccountChange("team-a", "web") { Uid = Sent }, cluster.Call));
        Assert.Equal((FailureKind.Conflict, "team-a/web"), (failure.Kind, failure.Target));
        Assert.Matches(
            namesBoth ? $@"^The service account team-a/web was deleted and created again .*its uid was {Sent} and is [0-9a-f-]{{36}} now" : $@"its uid was {Sent} and is another now",
            failure.Message);
    }
}
