using System;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace KubeSa.Tests
{
    /// <summary>
    /// A server that puts one text wherever it may write what it likes: names, labels, users, messages. Compiled by Pester's files,
    /// which cannot listen from a script: the cmdlets under test hold their thread.
    /// </summary>
    public sealed class HostileServer : IDisposable
    {
        private const string Metadata = """
            {"name":"webX","namespace":"team-aX","uid":"u-1X","resourceVersion":"7","creationTimestamp":"2026-01-02T03:04:05Z","labels":{"lX":"X"},
             "annotations":{"aX":"X","eks.amazonaws.com/role-arn":"arn:X","kubernetes.io/service-account.name":"webX","kubernetes.io/service-account.uid":"uX"}}
            """;

        private readonly HttpListener _listener = new HttpListener();
        private readonly Task _serving;

        /// <summary>Listens on a free port.</summary>
        public HostileServer()
        {
            for (var port = 20000 + Environment.ProcessId % 20000; ; port++)
            {
                try
                {
                    _listener.Prefixes.Clear();
                    _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                    _listener.Start();
                    Url = $"http://127.0.0.1:{port}";
                    break;
                }
                catch (HttpListenerException) when (port < 60000)
                {
                    // Somebody else listens there.
                }
            }

            _serving = ServeAsync();
        }

        public string Url { get; }

        /// <summary>What it writes.</summary>
        public string Text { get; set; } = string.Empty;

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync().ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is HttpListenerException || failure is ObjectDisposedException)
                {
                    return;
                }

                var path = context.Request.Url!.AbsolutePath;
                var body = Encoding.UTF8.GetBytes(Answer(path).Replace("X", path == "/text" ? Text : JsonSerializer.Serialize(Text)[1..^1], StringComparison.Ordinal));
                context.Response.ContentType = path == "/text" ? "text/plain" : "application/json";
                context.Response.StatusCode = context.Request.HttpMethod == "POST" ? 201 : 200;
                context.Response.OutputStream.Write(body, 0, body.Length);
                context.Response.Close();
            }
        }

        private static string Answer(string path)
        {
            var last = path.Split('/')[^1];
            return path switch
            {
                "/version" => """{"major":"1","minor":"36","gitVersion":"v1.36.0X"}""",
                "/list" => """[{"a":"X"},"X",["X"]]""",
                "/text" => "a X",
                "/api" => """{"kind":"APIVersions","versions":["v1"]}""",
                "/apis" => """{"kind":"APIGroupList","groups":[]}""",
                "/api/v1" => """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["list"],"shortNames":["X"]}]}""",
                _ when last == "selfsubjectreviews" => """{"kind":"SelfSubjectReview","status":{"userInfo":{"username":"userX","uid":"X","groups":["gX"],"extra":{"kX":["X"]}}}}""",
                _ when last == "selfsubjectrulesreviews" => """{"kind":"SelfSubjectRulesReview","status":{"incomplete":true,"evaluationError":"X","resourceRules":[{"verbs":["listX"],"apiGroups":[""],"resources":["podsX"]}],"nonResourceRules":[]}}""",
                _ when last.EndsWith("accessreviews", StringComparison.Ordinal) => """{"kind":"SubjectAccessReview","status":{"allowed":true,"reason":"X","evaluationError":"X"}}""",
                _ when last == "namespaces" => """{"kind":"NamespaceList","metadata":{},"items":[{"metadata":{"name":"team-a","labels":{"l":"X"}}}]}""",
                _ when last.EndsWith('s') => $$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[{{Item(last, Metadata)}},{{Item(last, Metadata.Replace("X", "", StringComparison.Ordinal))}}]}""",
                _ => Item(path.Split('/')[^2], Metadata.Replace("\"webX\",\"namespace\":\"team-aX\"", "\"web\",\"namespace\":\"team-a\"", StringComparison.Ordinal)),
            };
        }

        private static string Item(string resource, string metadata) => $$"""{"metadata":{{metadata}}{{Rest(resource)}}}""";

        private static string Rest(string resource) => resource switch
        {
            "serviceaccounts" => ""","secrets":[{"name":"sX"}],"imagePullSecrets":[{"name":"iX"}]""",
            "secrets" => ""","type":"kubernetes.io/service-account-token","data":{"token":"YQ==","namespace":"dGVhbS1h","ca.crt":""}""",
            "events" => ""","type":"WarningX","reason":"X","message":"X","source":{"component":"X"},"involvedObject":{"kind":"ServiceAccount","name":"web","namespace":"team-a"}""",
            "pods" => ""","spec":{"serviceAccountName":"webX","nodeName":"nX","containers":[],"volumes":[{"name":"vX","projected":{"sources":[{"serviceAccountToken":{"audience":"X","path":"X","expirationSeconds":3600}}]}}]},"status":{"phase":"RunningX"}""",
            "roles" or "clusterroles" => ""","rules":[{"apiGroups":["","X"],"resources":["pods","podsX"],"verbs":["list","X"],"resourceNames":["X"]},{"apiGroups":[""],"resources":["pods"],"verbs":["list"]}]""",
            "rolebindings" or "clusterrolebindings" =>
                ""","roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"web"},"subjects":[{"kind":"ServiceAccount","namespace":"team-a","name":"web"},{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"X"},{"kind":"Group","apiGroup":"rbac.authorization.k8s.io","name":"X"},{"kind":"ServiceAccount","namespace":"X","name":"X"}]""",
            _ => ""","spec":{"template":{"spec":{"serviceAccountName":"webX","containers":[]}}},"status":{}""",
        };
    }
}
