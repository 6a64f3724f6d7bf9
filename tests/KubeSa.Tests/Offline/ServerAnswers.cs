using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config;
using KubeSa.Client.Http;
using KubeSa.Client.Secrets;

namespace KubeSa.Tests.Offline;

/// <summary>Everything that the module asks a server, and what a sandbox answers to it.</summary>
internal static class ServerAnswers
{
    private const string Ns = "team-a";
    private const string Pod = """
        {"serviceAccountName":"web","automountServiceAccountToken":true,"restartPolicy":"RESTART",
         "initContainers":[{"name":"i","image":"i","volumeMounts":[{"name":"v","mountPath":"/v"}]}],
         "containers":[{"name":"probe","image":"c","resources":{"limits":{"cpu":"1"}},
           "env":[{"name":"T","valueFrom":{"secretKeyRef":{"name":"s","key":"token"}}}],"envFrom":[{"secretRef":{"name":"s"}}],
           "volumeMounts":[{"name":"p","mountPath":"/p"},{"name":"v","mountPath":"/t","subPath":"t"}]}],
         "volumes":[{"name":"v","secret":{"secretName":"s","items":[{"key":"token","path":"t"}]}},
           {"name":"p","projected":{"sources":[{"serviceAccountToken":{"path":"token","audience":"x","expirationSeconds":600}},
             {"secret":{"name":"s","items":[{"key":"token","path":"x"}]}}]}}]}
        """;

    private static readonly ApiResource Pods = new(string.Empty, "v1", "pods", "Pod", true);
    private static readonly ServiceAccount Web = new() { Namespace = Ns, Name = "web" };
    private static readonly RoleBinding Binding = new() { Namespace = Ns, Name = "pod-reader-reader", RoleKind = "Role", Role = "pod-reader", Subjects = [] };
    private static readonly RoleBinding Bound = new() { Namespace = Ns, Name = "bound", RoleKind = "Role", Role = "pod-reader", Subjects = [RoleSubject.Account(Ns, "web")] };
    private static readonly RoleBinding InCluster = new() { Name = "bound", RoleKind = "ClusterRole", Role = "view", Subjects = [RoleSubject.Account(Ns, "web")] };

    private static readonly Dictionary<string, Func<IKubeApi, Task>> Single = new()
    {
        ["GetServiceAccountAsync"] = api => api.GetServiceAccountAsync(Ns, "web", CallContext.None),
        ["GetServiceAccountAsync of none"] = api => api.GetServiceAccountAsync(Ns, "none", CallContext.None),
        ["ListServiceAccountsAsync"] = api => Walk(api.ListServiceAccountsAsync(new ListQuery(null), CallContext.None)),
        ["ListServiceAccountEventsAsync"] = api => Walk(api.ListServiceAccountEventsAsync(Web, CallContext.None)),
        ["CreateServiceAccountAsync"] = api => api.CreateServiceAccountAsync(new ServiceAccountSpec(Ns, "made") { ImagePullSecrets = ["x"] }, CallContext.None),
        ["CreateServiceAccountAsync of one there is"] = api => api.CreateServiceAccountAsync(new ServiceAccountSpec(Ns, "web"), CallContext.None),
        ["ChangeServiceAccountAsync"] = api => api.ChangeServiceAccountAsync(new ServiceAccountChange(Ns, "web") { Labels = new Dictionary<string, string?> { ["a"] = "b" } }, CallContext.None),
        ["DeleteServiceAccountAsync"] = api => api.DeleteServiceAccountAsync(new ServiceAccount { Namespace = Ns, Name = "made" }, CallContext.None),
        ["CreateTokenAsync"] = api => api.CreateTokenAsync(new TokenSpec(Ns, "web") { Duration = TimeSpan.FromHours(1) }, CallContext.None),
        ["GetBoundObjectUidAsync of a pod"] = api => api.GetBoundObjectUidAsync(TokenBindingKind.Pod, Ns, "rich", CallContext.None),
        ["GetBoundObjectUidAsync of a node"] = api => api.GetBoundObjectUidAsync(TokenBindingKind.Node, Ns, "node-1", CallContext.None),
        ["CreateTokenSecretAsync"] = api => api.CreateTokenSecretAsync("made", Web, CallContext.None),
        ["MarkTokenSecretAsync"] = api => api.MarkTokenSecretAsync(new SecretDocument { Namespace = Ns, Name = "web-token", Uid = "u" }, "2026-01-02", CallContext.None),
        ["CreateBindingSecretAsync"] = api => api.CreateBindingSecretAsync("binding", new ServiceAccount { Namespace = Ns, Name = "web", Uid = "u" }, new Dictionary<string, string>(), CallContext.None),
        ["GetSecretAsync"] = async api => Decode(await api.GetSecretAsync(Ns, "made", CallContext.None)),
        ["ListTokenSecretsAsync"] = api => Walk(api.ListTokenSecretsAsync(new ListQuery(Ns), CallContext.None), Decode),
        ["DeleteSecretAsync"] = api => api.DeleteSecretAsync(new SecretDocument { Namespace = Ns, Name = "made" }, CallContext.None),
        ["ListPodUsesAsync"] = api => Walk(api.ListPodUsesAsync(Ns, CallContext.None)),
        ["GetIdentityAsync"] = api => api.GetIdentityAsync(new Impersonation("jane", ["dev"]), CallContext.None),
        ["GetNamespaceAsync"] = api => api.GetNamespaceAsync(Ns, CallContext.None),
        ["ListNamespacesAsync"] = api => Walk(api.ListNamespacesAsync(new ListQuery(null), CallContext.None)),
        ["GetObjectAsync"] = api => api.GetObjectAsync(Pods, Ns, "rich", CallContext.None),
        ["ListObjectsAsync"] = api => Walk(api.ListObjectsAsync(new ResourceQuery(Pods, null), CallContext.None)),
        ["WatchObjectsAsync"] = api => Follow(api.WatchObjectsAsync(new ResourceWatch(new ResourceQuery(Pods, null)) { Limit = TimeSpan.FromMinutes(1) }, CallContext.None)),
        ["SendAsync"] = api => api.SendAsync(new RestRequest("GET", $"/api/v1/namespaces/{Ns}/pods"), CallContext.None),
        ["NamespaceExistsAsync"] = api => api.NamespaceExistsAsync(Ns, CallContext.None),
        ["ListNamespaceNamesAsync"] = api => Walk(api.ListNamespaceNamesAsync(CallContext.None)),
        ["GetSigningKeysAsync"] = api => api.GetSigningKeysAsync(CallContext.None),
        ["GetIssuerAsync"] = api => api.GetIssuerAsync(CallContext.None),
        ["GetVersionAsync"] = api => api.GetVersionAsync(CallContext.None),
        ["ReviewTokenAsync"] = api => api.ReviewTokenAsync(Jwts.Make(Jwts.Bound), ["x"], CallContext.None),
        ["ReviewAccessAsync of ours"] = api => api.ReviewAccessAsync(new AccessRequest("list") { Resource = "pods", Namespace = Ns }, CallContext.None),
        ["ReviewAccessAsync of others"] = api => api.ReviewAccessAsync(new AccessRequest("list") { Resource = "pods", User = "jane" }, CallContext.None),
        ["ReviewRulesAsync"] = api => api.ReviewRulesAsync(Ns, null, CallContext.None),
        ["FindResourceAsync"] = api => api.FindResourceAsync(new ResourceArgument("deploy", null, null), CallContext.None),
        ["ListResourcesAsync"] = api => api.ListResourcesAsync(CallContext.None),
        ["ListNamesAsync"] = api => api.ListNamesAsync(Pods, Ns, null, CallContext.None),
        ["GetRoleAsync"] = api => api.GetRoleAsync(Ns, "pod-reader", CallContext.None),
        ["GetRoleAsync of the cluster"] = api => api.GetRoleAsync(null, "admin", CallContext.None),
        ["CreateRoleAsync"] = api => api.CreateRoleAsync(new RoleDefinition(Ns, "made", [new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] }]), CallContext.None),
        ["ListRolesAsync"] = api => Walk(api.ListRolesAsync(new ListQuery(null), CallContext.None)),
        ["ListClusterRolesAsync"] = api => Walk(api.ListClusterRolesAsync(CallContext.None)),
        ["ListRoleBindingsAsync"] = api => Walk(api.ListRoleBindingsAsync(new ListQuery(null), CallContext.None)),
        ["ListClusterRoleBindingsAsync"] = api => Walk(api.ListClusterRoleBindingsAsync(CallContext.None)),
        ["CreateRoleBindingAsync"] = api => api.CreateRoleBindingAsync(Bound, CallContext.None),
        ["CreateRoleBindingAsync in the cluster"] = api => api.CreateRoleBindingAsync(InCluster, CallContext.None),
        ["SetSubjectsAsync"] = api => api.SetSubjectsAsync(Binding, [RoleSubject.Account(Ns, "web")], CallContext.None),
        ["DeleteRoleBindingAsync"] = api => api.DeleteRoleBindingAsync(Bound, CallContext.None),
        ["StartProbeAsync"] = api => api.StartProbeAsync(new ProbeSpec(Ns, "web", new AccessQuestion(), TimeSpan.FromMinutes(1)), CallContext.None),
        ["GetProbeAsync"] = api => api.GetProbeAsync(Ns, "rich", CallContext.None),
        ["GetProbeAsync without a pod"] = api => api.GetProbeAsync(Ns, "none", CallContext.None),
        ["ReadProbeLogAsync"] = api => api.ReadProbeLogAsync(Ns, "rich", CallContext.None),
        ["DeleteProbeAsync"] = api => api.DeleteProbeAsync(Ns, "rich", CallContext.None),
    };

    private static readonly Dictionary<string, Func<IKubeApi, WorkloadKind, Task>> OfEachKind = new()
    {
        ["ListTemplateUsesAsync"] = (api, kind) => Walk(api.ListTemplateUsesAsync(kind, Ns, CallContext.None)),
        ["GetWorkloadAsync"] = (api, kind) => api.GetWorkloadAsync(kind, Ns, "rich", CallContext.None),
        ["SetWorkloadServiceAccountAsync"] = (api, kind) => api.SetWorkloadServiceAccountAsync(
            new Workload { Kind = kind, Namespace = Ns, Name = "rich", ServiceAccount = "other" }, "web", CallContext.None),
    };

    /// <summary>A call of each method of the port, called as it is, and as many more as lead to answers of another kind.</summary>
    internal static IReadOnlyDictionary<string, Func<IKubeApi, Task>> Calls { get; } = Single
        .Concat(OfEachKind.SelectMany(call => Enum.GetValues<WorkloadKind>().Select(kind =>
            KeyValuePair.Create<string, Func<IKubeApi, Task>>($"{call.Key} of {kind}", api => call.Value(api, kind)))))
        .ToDictionary();

    /// <summary>Asks a sandbox all of it; what came, by the call and then by the request.</summary>
    internal static async Task<Dictionary<string, Dictionary<string, (int Status, string Body)>>> RecordAsync(Sandbox sandbox, CancellationToken stop)
    {
        using (var admin = Transport.Create(Admin(sandbox)))
        {
            await FillAsync(admin, sandbox.Url, stop);
        }

        var answers = new Dictionary<string, Dictionary<string, (int, string)>>();
        foreach (var (name, call) in Calls)
        {
            // A connection each, for one remembers the resources that it has asked for.
            var config = Admin(sandbox);
            using var recorder = new Recorder(config);
            using var api = new KubeApi(config, () => Transport.Create(config, recorder));
            try
            {
                await call(api);
            }
            catch (KubeApiException)
            {
                // A refusal is an answer, too.
            }

            answers.Add(name, recorder.Answers);
        }

        return answers;
    }

    private static ClusterConfig Admin(Sandbox sandbox) =>
        ClusterConfigResolver.Find(new ConnectionOptions { KubeConfig = sandbox.KubeConfig, Context = "admin" }, _ => null);

    internal static string KeyOf(HttpRequestMessage request) => $"{request.Method} {request.RequestUri!.PathAndQuery}";

    /// <summary>Objects with all the fields that we look at.</summary>
    private static async Task FillAsync(HttpMessageInvoker transport, string url, CancellationToken stop)
    {
        (string Path, string Kind, string Restart)[] kinds =
        [
            ("apis/apps/v1", "Deployment", "Always"), ("apis/apps/v1", "StatefulSet", "Always"), ("apis/apps/v1", "DaemonSet", "Always"), ("apis/apps/v1", "ReplicaSet", "Always"),
            ("api/v1", "ReplicationController", "Always"), ("apis/batch/v1", "Job", "Never"), ("apis/batch/v1", "CronJob", "Never"), ("api/v1", "Pod", "Always"),
        ];
        foreach (var (path, kind, restart) in kinds)
        {
            var pod = JsonNode.Parse(Pod.Replace("RESTART", restart, StringComparison.Ordinal))!;
            var labels = new JsonObject { ["app"] = "rich", ["job-name"] = "rich" };
            var template = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() }, ["spec"] = pod.DeepClone() } };
            var selector = new JsonObject { ["app"] = "rich" };
            var spec = kind switch
            {
                "Pod" => pod,
                "CronJob" => new JsonObject { ["schedule"] = "0 0 1 1 *", ["jobTemplate"] = new JsonObject { ["spec"] = template } },
                "Job" => template,
                "ReplicationController" => With(template, "selector", selector),
                _ => With(template, "selector", new JsonObject { ["matchLabels"] = selector }),
            };
            var body = new JsonObject
            {
                ["apiVersion"] = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..],
                ["kind"] = kind,
                ["metadata"] = new JsonObject { ["name"] = "rich", ["namespace"] = Ns, ["labels"] = labels },
                ["spec"] = spec,
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/{path}/namespaces/{Ns}/{kind.ToLowerInvariant()}s")
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            using var response = await transport.SendAsync(request, stop);
            Xunit.Assert.True(response.IsSuccessStatusCode, $"{kind}: {await response.Content.ReadAsStringAsync(stop)}");
        }
    }

    private static JsonObject With(JsonObject fields, string name, JsonNode value)
    {
        fields[name] = value;
        return fields;
    }

    private static void Decode(SecretDocument secret)
    {
        try
        {
            SecretDecoder.Decode(secret, asPlainText: true, _ => { });
        }
        catch (KubeApiException failure) when (failure.Kind != FailureKind.InternalError)
        {
            // A Secret that cannot be decoded is one that can be listed.
        }
    }

    private static async Task Walk<T>(IAsyncEnumerable<Page<T>> pages, Action<T>? look = null)
    {
        await foreach (var page in pages)
        {
            foreach (var item in page.Items)
            {
                look?.Invoke(item);
            }

            Xunit.Assert.DoesNotContain(page.Failures, failure => failure.Kind != FailureKind.ProtocolError);
        }
    }

    /// <summary>What a watch begins with; its lines have tests of their own.</summary>
    private static async Task Follow(IAsyncEnumerable<ResourceChanges> watch)
    {
        await foreach (var changes in watch)
        {
            Xunit.Assert.DoesNotContain(changes.Failures, failure => failure.Kind != FailureKind.ProtocolError);
            break;
        }
    }

    private sealed class Recorder : DelegatingHandler
    {
        internal Recorder(ClusterConfig config)
        {
            var sockets = new SocketsHttpHandler();
            TransportSettings.SetUp(sockets, config);
            InnerHandler = sockets;
        }

        internal Dictionary<string, (int Status, string Body)> Answers { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            lock (Answers)
            {
                Answers[KeyOf(request)] = ((int)response.StatusCode, body);
            }

            return response;
        }
    }
}
