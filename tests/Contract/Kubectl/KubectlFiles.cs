using KubeSa.Sandbox;
using KubeSa.Sandbox.Certificates;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Contract.Kubectl;

/// <summary>The kubeconfigs of those who ask, and a home directory that is kubectl's alone.</summary>
internal sealed class KubectlFiles(SandboxServer server) : IDisposable
{
    private const long TokenSeconds = 3600;

    private readonly string _directory = Directory.CreateTempSubdirectory("kubesa-kubectl-").FullName;
    private int _count;

    public string Home => _directory;

    public string Admin => server.KubeConfigFile;

    public string Anonymous() => Write(server.Url, "{}");

    public string BadToken(string? url = null) => Write(url ?? server.Url, "{ token: not-a-token }");

    public string Token(string token) => Write(server.Url, $"{{ token: {token} }}");

    /// <summary>A service account with a fresh token; without the certificate of the authority when it is to be unknown.</summary>
    public string Account(string ns, string name, bool knowsAuthority = true)
    {
        var account = server.Store.TryGet(server.State.Types.Get("", "serviceaccounts"), ns, name)
            ?? throw new ArgumentException($"there is no service account {ns}/{name}");
        var token = server.State.Identity.Issuer.IssueBound(new BoundTokenRequest(ns, new NamedUid(name, account.Uid), TokenSeconds));
        return Write(server.Url, $"{{ token: {token} }}", knowsAuthority);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Write(string url, string user, bool knowsAuthority = true)
    {
        var authority = knowsAuthority ? $", certificate-authority: {server.CaFile}" : "";
        var path = Path.Combine(_directory, $"config-{_count++}");
        OwnerOnlyFile.Write(path,
            $"""
            apiVersion: v1
            kind: Config
            clusters: [{"{"} name: sandbox, cluster: {"{"} server: {url}{authority} {"}"} {"}"}]
            users: [{"{"} name: user, user: {user} {"}"}]
            contexts: [{"{"} name: only, context: {"{"} cluster: sandbox, user: user {"}"} {"}"}]
            current-context: only
            """);
        return path;
    }
}
