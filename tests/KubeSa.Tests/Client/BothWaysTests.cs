using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Resources.Mapping;
using KubeSa.Tests.Offline;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>What is read straight from the bytes must come out as the client library has it.</summary>
public sealed class BothWaysTests
{
    private const string Everything = """
        {"kind":"ServiceAccount","apiVersion":"v1",
         "metadata":{"managedFields":[{"manager":"kubectl","fieldsV1":{"f:secrets":{".":{},"k:{\"name\":\"a\"}":{}}}}],"name":"ci","generateName":"c","namespace":"team-a",
           "uid":"u-1","resourceVersion":"12","creationTimestamp":"2026-01-02T03:04:05.123456Z","deletionTimestamp":null,
           "labels":{"app":"ci","empty":"","unicode":"\u00e9\ud83d\ude00"},"annotations":{"a/b":"{\"x\":[1]}"},"ownerReferences":[{"name":"other","uid":"o"}]},
         "secrets":[{"name":"s-1","namespace":"elsewhere"},{"name":"s-2"}],"imagePullSecrets":[{"name":"p-1"}],"automountServiceAccountToken":false,"somethingNew":{"metadata":{"name":"no"}}}
        """;

    [Theory]
    [InlineData(Everything)]
    [InlineData("""{"metadata":{"name":"a","namespace":"b"}}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b","labels":null,"annotations":null,"creationTimestamp":null,"uid":null},"secrets":null,"imagePullSecrets":null,"automountServiceAccountToken":null}""")]
    [InlineData("""{"secrets":[],"automountServiceAccountToken":true,"metadata":{"labels":{},"namespace":"b","name":"a"}}""")]
    public void A_service_account_is_read_the_same_both_ways(string json) =>
        Assert.Equal(
            Describe(ServiceAccountOracle.ToModel(KubernetesJson.Deserialize<V1ServiceAccount>(json))),
            Describe(ServiceAccountJson.Read(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void The_recorded_accounts_and_lists_are_read_the_same_both_ways()
    {
        var (accounts, lists) = (0, 0);
        foreach (var body in RecordedBodies())
        {
            switch (Kind(body))
            {
                case "ServiceAccount":
                    accounts++;
                    A_service_account_is_read_the_same_both_ways(body.GetRawText());
                    break;
                case "ServiceAccountList":
                    lists++;
                    var ours = ServiceAccountJson.ReadPage(Encoding.UTF8.GetBytes(body.GetRawText()));
                    var theirs = KubernetesJson.Deserialize<V1ServiceAccountList>(body.GetRawText());
                    Assert.Equal(theirs.Items.Select(item => Describe(ServiceAccountOracle.ToModel(item))), ours.Items.Select(Describe));
                    Assert.Equal((theirs.Metadata.ContinueProperty, theirs.Metadata.RemainingItemCount), (ours.Continue, ours.Remaining));
                    break;
            }
        }

        Assert.True(accounts > 10 && lists > 3, $"There are only {accounts} accounts and {lists} lists among the recordings.");
    }

    [Fact]
    public void The_recorded_identities_are_read_the_same_both_ways()
    {
        var answers = RecordedBodies().Where(body => Kind(body) == "SelfSubjectReview").ToList();
        Assert.NotEmpty(answers);
        Assert.All(answers, body =>
        {
            var user = KubernetesJson.Deserialize<V1SelfSubjectReview>(body.GetRawText()).Status.UserInfo;
            var ours = IdentityJson.Read(Encoding.UTF8.GetBytes(body.GetRawText()));
            Assert.Equal((user.Username, user.Uid), (ours.UserName, ours.Uid));
            Assert.Equal(user.Groups ?? [], ours.Groups);
            Assert.Equal(user.Extra?.Keys.Order() ?? Enumerable.Empty<string>(), ours.Extra.Keys.Order());
            Assert.All(ours.Extra, entry => Assert.Equal(user.Extra![entry.Key], entry.Value));
        });
    }

    [Fact]
    public void The_recorded_token_requests_are_read_the_same_both_ways()
    {
        var answers = RecordedBodies().Where(body => Kind(body) == "TokenRequest").ToList();
        Assert.NotEmpty(answers);
        Assert.All(answers, body =>
        {
            var theirs = KubernetesJson.Deserialize<Authenticationv1TokenRequest>(body.GetRawText()).Status;
            Assert.Equal((theirs.Token, theirs.ExpirationTimestamp!.Value.ToUniversalTime()), TokenRequestJson.Read(Encoding.UTF8.GetBytes(body.GetRawText())));
        });
    }

    [Fact]
    public void A_token_request_is_written_as_the_client_library_understands_it()
    {
        var spec = new TokenSpec("team-a", "ci")
        {
            Duration = TimeSpan.FromSeconds(3600.5),
            Audiences = ["vault", "a\"b"],
            BoundKind = TokenBindingKind.Pod,
            BoundName = "web-0",
        };
        var read = KubernetesJson.Deserialize<Authenticationv1TokenRequest>(Encoding.UTF8.GetString(TokenRequestJson.Write(spec)));
        Assert.Equal(("authentication.k8s.io/v1", "TokenRequest", 3601L), (read.ApiVersion, read.Kind, read.Spec.ExpirationSeconds));
        Assert.Equal(["vault", "a\"b"], read.Spec.Audiences);
        Assert.Equal(("v1", "Pod", "web-0"), (read.Spec.BoundObjectRef.ApiVersion, read.Spec.BoundObjectRef.Kind, read.Spec.BoundObjectRef.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html/>")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b"}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b"}} {}""")]
    [InlineData("""{"metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"namespace":"b"}}""")]
    [InlineData("""{"metadata":{"name":7,"namespace":"b"}}""")]
    [InlineData("""{"metadata":"x"}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b","creationTimestamp":"yesterday"}}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b","labels":{"x":{}}}}""")]
    [InlineData("""{"metadata":{"name":"\ud800","namespace":"b"}}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b"},"secrets":["s"]}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b"},"automountServiceAccountToken":"no"}""")]
    public void What_is_no_service_account_is_refused_and_never_half_read(string json)
    {
        var failure = Record.Exception(() => ServiceAccountJson.Read(Encoding.UTF8.GetBytes(json)));
        Assert.True(failure is JsonException or FormatException, failure?.ToString() ?? "It was read.");
    }

    [Fact]
    public void A_long_list_takes_little_more_than_its_objects()
    {
        const int Count = 1000;
        var items = string.Join(',', Enumerable.Range(0, Count).Select(i => Wire.WireReply.AccountJson("team-a", $"account-{i:0000}")));
        var page = Encoding.UTF8.GetBytes($$"""{"metadata":{"continue":"next"},"items":[{{items}}]}""");
        ServiceAccountJson.ReadPage(page);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = ServiceAccountJson.ReadPage(page);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        Assert.Equal(Count, read.Items.Count);
        Assert.InRange(each, 1, 600);
        Assert.Same(read.Items[0].Namespace, read.Items[^1].Namespace);
    }

    private static IEnumerable<JsonElement> RecordedBodies() =>
        Recordings.Versions.SelectMany(Recordings.Files)
            .Select(file => Recordings.Read(file))
            .Where(exchange => exchange.TryGetProperty("response", out var response)
                && response.TryGetProperty("body", out var body)
                && body.ValueKind == JsonValueKind.Object
                && response.GetProperty("status").GetInt32() is 200 or 201)
            .Select(exchange => exchange.GetProperty("response").GetProperty("body"));

    private static string? Kind(JsonElement body) => body.TryGetProperty("kind", out var kind) ? kind.GetString() : null;

    private static string Describe(ServiceAccount account) => JsonSerializer.Serialize(new
    {
        account.Namespace,
        account.Name,
        account.MountableSecrets,
        account.ImagePullSecrets,
        account.AutomountToken,
        Labels = account.Labels.OrderBy(entry => entry.Key, StringComparer.Ordinal),
        Annotations = account.Annotations.OrderBy(entry => entry.Key, StringComparer.Ordinal),
        account.CreationTimestamp,
        account.Uid,
        account.ResourceVersion,
    });
}
