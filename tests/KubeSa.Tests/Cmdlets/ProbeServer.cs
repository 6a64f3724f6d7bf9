using KubeSa.Tests.Wire;

namespace KubeSa.Tests.Cmdlets;

/// <summary>A server that takes a probe's Job and says of its pod what a test wants it to.</summary>
internal sealed class ProbeServer : IAsyncDisposable
{
    internal const string Job = "kubesa-probe-abcde";
    private const string Jobs = "/apis/batch/v1/namespaces/team-a/jobs";
    private const string Pods = "/api/v1/namespaces/team-a/pods";

    private readonly WireCluster _cluster;

    internal ProbeServer() => _cluster = new WireCluster(Answer);

    /// <summary>The pod's container status; null while there is no pod.</summary>
    internal string? State { get; set; } = """{"terminated":{"exitCode":0,"reason":"Completed"}}""";

    internal Func<string> Log { get; set; } = () => string.Empty;

    /// <summary>What is answered instead, where it is not null.</summary>
    internal Func<WireRequest, WireReply?> Instead { get; set; } = _ => null;

    internal TaskCompletionSource Created { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TaskCompletionSource Deleted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyList<WireRequest> Requests => _cluster.Server.Requests;

    internal WireRequest Deletion => Requests.Single(request => request.Method == "DELETE");

    internal string Connect =>
        $"Connect-KubeCluster -Server {_cluster.Server.Url} -Namespace team-a -CertificateAuthority '{_cluster.Write("ca.crt", _cluster.Authority.Pem)}' -TimeoutSeconds 60";

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private WireReply Answer(WireRequest request)
    {
        if (request.Method == "DELETE")
        {
            Deleted.TrySetResult();
        }

        return Instead(request) ?? (request.Method, request.Path.Split('?')[0]) switch
        {
            ("GET", "/api/v1/namespaces/team-a/serviceaccounts/web") => WireReply.Account("team-a", "web"),
            ("POST", Pods) => new WireReply(201, request.Body),
            ("POST", Jobs) => Create(),
            ("GET", Pods) => WireReply.Ok($$"""{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{{(State is null ? string.Empty : Pod())}}]}"""),
            ("GET", "/api/v1/namespaces/team-a/events") => WireReply.Ok("""{"kind":"EventList","apiVersion":"v1","metadata":{},"items":[]}"""),
            ("GET", Pods + "/probe-1/log") => new WireReply(200, Log(), "text/plain"),
            ("DELETE", _) => WireReply.Ok("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"}"""),
            _ => WireReply.Failure(404, "NotFound", request.Path),
        };
    }

    private WireReply Create()
    {
        Created.TrySetResult();
        return new WireReply(201, $$"""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"{{Job}}","namespace":"team-a"} }""");
    }

    private string Pod() => $$"""
        {"metadata":{"name":"probe-1","namespace":"team-a"},"status":{"phase":"Pending","containerStatuses":[{"name":"probe","image":"i","imageID":"","ready":false,"restartCount":0,"state":{{State}}}]} }
        """;
}
