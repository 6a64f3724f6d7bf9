using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client;

namespace KubeSa.Tests.Wire;

/// <summary>A scripted server, its authority, and a connection to it that proves itself by a token.</summary>
internal sealed class WireCluster : IAsyncDisposable
{
    internal const string Token = "wire-token-never-to-be-seen";

    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-wire-").FullName;
    private readonly List<IKubeApi> _opened = [];

    internal WireCluster(Func<WireRequest, WireReply> answer, X509Certificate2 certificate)
        : this(answer, () => certificate)
    {
    }

    internal WireCluster(Func<WireRequest, WireReply> answer, Func<TestAuthority, X509Certificate2> issue)
        : this(answer, new TestAuthority(), issue)
    {
    }

    /// <param name="answer">What the server answers.</param>
    /// <param name="certificate">The certificate for each new connection; one of Authority for 127.0.0.1 where this is left out.</param>
    internal WireCluster(Func<WireRequest, WireReply> answer, Func<X509Certificate2>? certificate = null)
        : this(answer, new TestAuthority(), authority => authority.IssueServer(), certificate)
    {
    }

    private WireCluster(
        Func<WireRequest, WireReply> answer, TestAuthority authority, Func<TestAuthority, X509Certificate2> issue, Func<X509Certificate2>? certificate = null)
    {
        Authority = authority;
        var own = issue(authority);
        Server = WireServer.Tls(certificate ?? (() => own), answer);
        Options = new ConnectionOptions
        {
            Source = ConnectionSource.Explicit,
            Server = Server.Url,
            Token = new NetworkCredential(string.Empty, Token).SecurePassword,
            CertificateAuthority = Write("ca.crt", Authority.Pem),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    internal TestAuthority Authority { get; }

    internal WireServer Server { get; }

    internal ConnectionOptions Options { get; set; }

    /// <summary>What calls made with Call have said.</summary>
    internal System.Collections.Concurrent.ConcurrentQueue<Notice> Notices { get; } = new();

    internal CallContext Call => new(Notices.Enqueue, CancellationToken.None);

    /// <summary>Opens a connection, by Options or a variant of them.</summary>
    internal IKubeApi Connect(Func<ConnectionOptions, ConnectionOptions>? change = null)
    {
        var api = new KubeGateway().Connect(change is null ? Options : change(Options));
        _opened.Add(api);
        return api;
    }

    internal string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        _opened.ForEach(api => api.Dispose());
        await Server.DisposeAsync();
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
