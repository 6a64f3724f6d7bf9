using KubeSa.Diagnosis;
using KubeSa.Tests.Diagnosis;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Secrecy;

/// <summary>One session and one server that echoes, for all cmdlets: each starts anew by connecting.</summary>
public sealed class EchoFixture : IAsyncLifetime
{
    internal EchoServer Server { get; } = new(Log);

    internal HostedEngine Engine { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        await Server.DisposeAsync();
    }

    private static string Log(string echo)
    {
        var evidence = HealthyLog();
        return $"something before\n-----BEGIN KUBESA EVIDENCE-----\n{evidence.Replace("PLACE", echo, StringComparison.Ordinal)}\n-----END KUBESA EVIDENCE-----\n";
    }

    // A pod that got as far as a refusal: all that is foreign in its evidence holds what it was shown.
    private static string HealthyLog()
    {
        var healthy = HealthyEvidence.Evidence;
        return EvidenceJson.Write(healthy with
        {
            Server = healthy.Server! with { GitVersion = "v1.36.0 PLACE" },
            Request = healthy.Request! with
            {
                ItemCount = null,
                Answer = healthy.Request!.Answer with { Status = 403, Kind = "Status", Reason = "PLACE", Message = "pods is forbidden: User \"PLACE\" cannot list: PLACE" },
            },
            Authorization = new AuthorizationEvidence
            {
                Allowed = false,
                Reason = "PLACE",
                Answer = healthy.Request!.Answer with { Status = 201, Kind = "SelfSubjectAccessReview" },
            },
        });
    }

    internal void Connect(string token)
    {
        Engine.SetVariable("url", Server.Url);
        Engine.SetVariable("ca", Server.CaFile);
        Engine.SetVariable("folder", Server.Folder);
        Engine.SetVariable("tokenFile", Server.Write("token", token));
        Engine.SetVariable("tested", token);
        Engine.SetVariable("fresh", EchoServer.Fresh);
        Engine.SetVariable("auditLog", Server.Write("audit.log", """{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"1","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/team-a/pods","verb":"list","user":{"username":"system:serviceaccount:team-a:web"},"objectRef":{"resource":"pods","namespace":"team-a","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"2026-01-02T03:04:05Z","stageTimestamp":"2026-01-02T03:04:05Z","annotations":{"authorization.k8s.io/decision":"allow"}}"""));
        Server.Write("namespace", "team-a");
        Engine.Run("Connect-KubeCluster -Server $url -TokenFile $tokenFile -CertificateAuthority $ca -Namespace team-a -TimeoutSeconds 20").RequireNoErrors();
    }
}
