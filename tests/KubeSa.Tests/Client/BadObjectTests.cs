using KubeSa.Api;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>One object of a list that is not as Kubernetes writes it is one failure, whichever the list; the others are read.</summary>
public sealed class BadObjectTests
{
    private const string Pod = """{"serviceAccountName":"a","containers":[{"name":"c"}]}""";
    private const string Template = """{"spec":{"template":{"spec":""" + Pod + "}}}";

    /// <summary>A list, and an object of it without its metadata.</summary>
    private static readonly Dictionary<string, (string Good, Func<IKubeApi, IAsyncEnumerable<object>> List)> Lists = new()
    {
        ["service accounts"] = ("{}", api => All(api.ListServiceAccountsAsync(new ListQuery("team-a"), CallContext.None))),
        ["Secrets"] = ("""{"data":{"token":null}}""", api => All(api.ListTokenSecretsAsync(new ListQuery("team-a"), CallContext.None))),
        ["events"] = ("{}", api => All(api.ListServiceAccountEventsAsync(new ServiceAccount { Namespace = "team-a", Name = "x" }, CallContext.None))),
        ["pods"] = ("{\"spec\":" + Pod + "}", api => All(api.ListPodUsesAsync("team-a", CallContext.None))),
        ["bindings"] = ("""{"roleRef":{"kind":"Role","name":"r"},"subjects":[]}""", api => All(api.ListRoleBindingsAsync(new ListQuery("team-a"), CallContext.None))),
        ["cluster's bindings"] = ("""{"roleRef":{"kind":"ClusterRole","name":"r"}}""", api => All(api.ListClusterRoleBindingsAsync(CallContext.None))),
        ["roles"] = ("""{"rules":[]}""", api => All(api.ListRolesAsync(new ListQuery("team-a"), CallContext.None))),
        ["cluster's roles"] = ("""{"rules":null}""", api => All(api.ListClusterRolesAsync(CallContext.None))),
        ["namespaces"] = ("{}", api => All(api.ListNamespaceNamesAsync(CallContext.None))),
        ["Deployments"] = Workload(WorkloadKind.Deployment),
        ["StatefulSets"] = Workload(WorkloadKind.StatefulSet),
        ["DaemonSets"] = Workload(WorkloadKind.DaemonSet),
        ["ReplicaSets"] = Workload(WorkloadKind.ReplicaSet),
        ["ReplicationControllers"] = Workload(WorkloadKind.ReplicationController),
        ["Jobs"] = Workload(WorkloadKind.Job),
        ["CronJobs"] = ("{\"spec\":{\"jobTemplate\":" + Template + "}}", Workload(WorkloadKind.CronJob).Item2),
    };

    /// <summary>What is wrong with an object of any kind.</summary>
    private static readonly string[] Anywhere =
    [
        "null", "7", "\"text\"", "[]", "{}", """{"metadata":null}""", """{"metadata":[]}""", """{"metadata":{"name":[],"namespace":"team-a"}}""",
        """{"metadata":{"name":"\ud800","namespace":"team-a"}}""", """{"metadata":{"name":"x","namespace":"team-a","labels":{"a":7}}}""",
        """{"metadata":{"name":"x","namespace":"team-a","labels":{"\udc00":"a"}}}""", """{"metadata":{"name":"x","namespace":"team-a","creationTimestamp":"yesterday"}}""",
        """{"metadata":{"name":"x","namespace":"team-a","creationTimestamp":{}}}""",
    ];

    /// <summary>What is wrong with an object of one kind.</summary>
    private static readonly Dictionary<string, string[]> OfItsOwn = new()
    {
        ["service accounts"] = ["\"secrets\":[null]", "\"secrets\":{}", "\"automountServiceAccountToken\":\"yes\"", "\"imagePullSecrets\":[7]"],
        ["Secrets"] = ["\"data\":{\"token\":7}", "\"data\":{\"token\":\"no base64!\"}", "\"data\":[]", "\"data\":{\"\\ud800\":\"\"}", "\"type\":{}"],
        ["events"] = ["\"count\":\"many\"", "\"series\":[]", "\"lastTimestamp\":\"late\""],
        ["pods"] =
        [
            "\"spec\":{\"containers\":[null]}", "\"spec\":{\"volumes\":[null]}", "\"spec\":{\"initContainers\":[null]}", "\"spec\":{\"containers\":[{\"volumeMounts\":[null]}]}",
            "\"spec\":{\"containers\":[{\"env\":[null]}]}", "\"spec\":{\"containers\":[{\"envFrom\":[null]}]}", "\"spec\":{\"volumes\":[{\"projected\":{\"sources\":[null]}}]}",
            "\"spec\":{\"volumes\":[{\"secret\":{\"items\":[null]}}]}", "\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"much\"}}}]}", "\"spec\":7",
        ],
        ["bindings"] = ["\"subjects\":[null]", "\"subjects\":[{}]", "\"subjects\":[{\"kind\":\"User\"}]", "\"roleRef\":null", "\"roleRef\":{\"kind\":\"Role\"}", "\"subjects\":{}"],
        ["cluster's bindings"] = ["\"subjects\":[null]", "\"subjects\":[7]"],
        ["roles"] = ["\"rules\":[null]", "\"rules\":[{\"verbs\":[null]}]", "\"rules\":[{\"verbs\":\"get\"}]", "\"rules\":{}"],
        ["cluster's roles"] = ["\"rules\":[null]", "\"aggregationRule\":{\"clusterRoleSelectors\":[null]}", "\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchExpressions\":[null]}]}"],
        ["Jobs"] = ["\"status\":{\"conditions\":[null]}", "\"spec\":{\"template\":{\"spec\":{\"containers\":[null]}}}"],
        ["Deployments"] = ["\"metadata\":{\"name\":\"x\",\"namespace\":\"team-a\",\"ownerReferences\":[null]}", "\"spec\":{\"replicas\":\"two\"}"],
    };

    public static TheoryData<string> Names => [.. Lists.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_object_of_a_list_is_a_failure_of_its_own(string name)
    {
        var (good, list) = Lists[name];
        var own = OfItsOwn.GetValueOrDefault(name, []).Select(fields => Object("x", $"{{{fields}}}"));
        foreach (var bad in Anywhere.Concat(own))
        {
            using var api = StubServer.Connect($$"""{"metadata":{},"items":[{{Object("a", good)}},{{bad}},{{Object("b", good)}}]}""");
            var pages = new List<object>();
            await foreach (var item in list(api))
            {
                pages.Add(item);
            }

            var failures = pages.OfType<KubeApiException>().ToList();
            Assert.True((pages.Count, failures.Count) == (3, 1), $"{bad}: {pages.Count} with {failures.Count} failures");
            Assert.Equal(FailureKind.ProtocolError, failures[0].Kind);
            Assert.Contains("was left out", failures[0].Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"x","namespace":"team-a"},"data":{"token":7}}""", "'data.token' of 'team-a/x'")]
    [InlineData("""{"metadata":{"name":"x","namespace":"team-a"},"data":[]}""", "'data' of 'team-a/x'")]
    [InlineData("""{"metadata":{"name":[]}}""", "without a readable name")]
    public async Task The_failure_says_which_object_and_which_field(string bad, string said)
    {
        using var api = StubServer.Connect($$"""{"items":[{{bad}}]}""");
        await foreach (var page in api.ListTokenSecretsAsync(new ListQuery("team-a"), CallContext.None))
        {
            Assert.Contains(said, Assert.Single(page.Failures).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"\ud800":1,"metadata":{"\udc00":1,"name":"x","namespace":"team-a"}}""")]
    [InlineData("""{"metadata":{"name":"x","namespace":"team-a","managedFields":[{"\ud800":"\ud800"}]}}""")]
    public async Task Half_a_surrogate_pair_where_nobody_looks_spoils_no_account(string account)
    {
        using var api = StubServer.Connect(account);
        Assert.Equal("x", (await api.GetServiceAccountAsync("team-a", "x", CallContext.None)).Name);
    }

    [Fact]
    public async Task A_token_too_long_to_be_one_is_no_answer_of_an_API_server()
    {
        using var api = StubServer.Connect($$"""{"status":{"token":"{{new string('x', 100_000)}}","expirationTimestamp":"2030-01-01T00:00:00Z"} }""");
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => api.CreateTokenAsync(new TokenSpec("team-a", "x"), CallContext.None));
        Assert.Equal(FailureKind.ProtocolError, failure.Kind);
    }

    [Fact]
    public async Task Pages_behind_one_with_a_bad_object_are_read_too()
    {
        var asked = new List<string>();
        using var api = StubServer.Connect(request =>
        {
            asked.Add(request.RequestUri!.Query);
            return (200, asked.Count == 1
                ? $$"""{"metadata":{"continue":"next","remainingItemCount":1},"items":[{"metadata":7},{{Object("a", "{}")}}]}"""
                : $$"""{"metadata":{},"items":[{{Object("b", "{}")}}]}""");
        });
        var names = new List<string?>();
        await foreach (var page in api.ListTokenSecretsAsync(new ListQuery("team-a"), CallContext.None))
        {
            names.AddRange(page.Items.Select(secret => secret.Name));
        }

        Assert.Equal(["a", "b"], names);
        Assert.Contains("continue=next", asked[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"metadata":{"continue":7},"items":[]}""")]
    [InlineData("""{"metadata":{"continue":"\ud800"},"items":[]}""")]
    [InlineData("""{"metadata":[],"items":[]}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":"text"}""")]
    [InlineData("""{"items":[{"metadata":7}""")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("")]
    public async Task What_would_make_a_list_shorter_than_it_is_is_a_failure_of_the_list(string body)
    {
        using var api = StubServer.Connect(body);
        foreach (var list in Lists.Values)
        {
            var failure = await Assert.ThrowsAsync<KubeApiException>(async () =>
            {
                await foreach (var item in list.List(api))
                {
                    Assert.NotNull(item);
                }
            });
            Assert.Equal(FailureKind.ProtocolError, failure.Kind);
        }
    }

    private static (string, Func<IKubeApi, IAsyncEnumerable<object>>) Workload(WorkloadKind kind) =>
        (Template, api => All(api.ListTemplateUsesAsync(kind, "team-a", CallContext.None)));

    private static string Object(string name, string fields) => fields.Contains("\"metadata\"", StringComparison.Ordinal)
        ? fields
        : $$"""{"metadata":{"name":"{{name}}","namespace":"team-a"}{{(fields == "{}" ? string.Empty : ",")}}{{fields[1..]}}""";

    private static async IAsyncEnumerable<object> All<T>(IAsyncEnumerable<Page<T>> pages)
    {
        await foreach (var page in pages)
        {
            foreach (var item in page.Items.Cast<object>().Concat(page.Failures))
            {
                yield return item;
            }
        }
    }
}
