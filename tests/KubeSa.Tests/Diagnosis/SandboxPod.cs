using System.Globalization;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Tests.Offline;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>
/// A pod on a sandbox, where all is well until one of its methods breaks something: a copy of the mount, an environment of
/// its own, and the cluster behind it. What is broken in the cluster is mended when the pod goes.
/// </summary>
internal sealed class SandboxPod : IAsyncDisposable
{
    private const string Role = """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"NAME"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"ROLE"},"subjects":[SUBJECT]}""";
    private static int _count;

    private readonly SandboxAdmin _admin;
    private readonly string _mount = Directory.CreateTempSubdirectory("kubesa-pod-").FullName;
    private readonly Dictionary<string, string?> _environment;
    private readonly List<Func<Task>> _steps = [];
    private readonly List<(string Name, string? Path)> _faults = [];
    private readonly List<string> _made = [];
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly IKubeApi _api;
    private readonly string _suffix = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
    private AccessQuestion _question;
    private bool _asksAdmin;

    internal SandboxPod(Sandbox sandbox, SandboxAdmin admin)
    {
        _admin = admin;
        _api = new KubeGateway().Connect(new ConnectionOptions { KubeConfig = sandbox.KubeConfig });
        foreach (var name in new[] { "token", "namespace", "ca.crt" })
        {
            File.Copy(Path.Combine(sandbox.MountPath, name), Path.Combine(_mount, name));
        }

        _environment = new()
        {
            ["KUBERNETES_SERVICE_HOST"] = "127.0.0.1",
            ["KUBERNETES_SERVICE_PORT"] = new Uri(sandbox.Url).Port.ToString(CultureInfo.InvariantCulture),
            ["HOSTNAME"] = "pod-watcher-x",
        };
        _question = new AccessQuestion { MountPath = _mount, Timeout = TimeSpan.FromSeconds(20) };
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Gathers what such a pod sees.</summary>
    internal async Task<AccessEvidence> GatherAsync()
    {
        foreach (var step in _steps)
        {
            await step();
        }

        if (_faults.Count > 0)
        {
            await _admin.SetFaultsAsync(_faults);
        }

        return await new EvidenceGatherer(_question, new PodEnvironment(_environment.GetValueOrDefault), CallContext.None with { Stop = Stop })
            .GatherAsync(MountedTokenLookup.By(new KubeGateway(), _asksAdmin ? _api : null));
    }

    /// <summary>The same as evidence that left the pod, and was then shown to an administrator.</summary>
    internal async Task<AccessEvidence> GatherAsEvidenceAsync()
    {
        foreach (var step in _steps)
        {
            await step();
        }

        var seen = await new EvidenceGatherer(_question, new PodEnvironment(_environment.GetValueOrDefault), CallContext.None with { Stop = Stop }).GatherAsync(null);
        return await EvidenceCompletion.AddAsync(new KubeGateway(), EvidenceJson.Read(EvidenceJson.Write(seen)), _api, CallContext.None with { Stop = Stop });
    }

    public async ValueTask DisposeAsync()
    {
        if (_faults.Count > 0)
        {
            await _admin.SetFaultsAsync([]);
        }

        foreach (var path in _made)
        {
            await _admin.DeleteAsync(path);
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _api.Dispose();
        Directory.Delete(_mount, recursive: true);
    }

    internal SandboxPod Env(string name, string? value) => Do(() => _environment["KUBERNETES_SERVICE_" + name] = value);

    internal SandboxPod Asking(string resource, string? ns = null, string verb = "list") =>
        Do(() => _question = _question with { Resource = resource, Namespace = ns, Verb = verb });

    internal SandboxPod At(string apiServer) => Do(() => _question = _question with { ApiServer = apiServer });

    /// <summary>Gives up early, where something waits for ever.</summary>
    internal SandboxPod Hasty() => Do(() => _question = _question with { Timeout = TimeSpan.FromSeconds(1) });

    internal SandboxPod AsAdmin() => Do(() => _asksAdmin = true);

    internal SandboxPod Write(string name, string text) => Do(() => File.WriteAllText(Path.Combine(_mount, name), text));

    internal SandboxPod Change(string name, Func<string, string> change) =>
        Do(() => File.WriteAllText(Path.Combine(_mount, name), change(File.ReadAllText(Path.Combine(_mount, name)))));

    internal SandboxPod Delete(params string[] names) => Do(() => names.ToList().ForEach(name => File.Delete(Path.Combine(_mount, name))));

    internal SandboxPod NoMount() => Do(() => _question = _question with { MountPath = Path.Combine(_mount, "no") });

    internal SandboxPod Folder(string name) => Delete(name).Do(() => Directory.CreateDirectory(Path.Combine(_mount, name)));

    internal SandboxPod BrokenLink(string name) => Delete(name).Do(() => File.CreateSymbolicLink(Path.Combine(_mount, name), $"..data/{name}"));

    /// <summary>A token that says this of its times, in hours from now, of the mount's own account.</summary>
    internal SandboxPod TokenGood(double from, double until) => Write("token", Jwts.Make(
        $$"""
        {"iss":"https://kubernetes.default.svc.cluster.local","aud":["https://kubernetes.default.svc.cluster.local"],"sub":"system:serviceaccount:team-a:pod-watcher",
         "nbf":{{DateTimeOffset.UtcNow.AddHours(from).ToUnixTimeSeconds()}},"exp":{{DateTimeOffset.UtcNow.AddHours(until).ToUnixTimeSeconds()}},
         "kubernetes.io":{"namespace":"team-a","serviceaccount":{"name":"pod-watcher","uid":"u"} } }
        """,
        signature: Jwts.SignatureOfRightLength));

    /// <summary>The same token of a key that nobody has, with a signature that no key made.</summary>
    internal SandboxPod ForeignKey() => Change("token", token => Jwts.Make(
        Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(token.Split('.')[1]), signature: Jwts.SignatureOfRightLength));

    /// <summary>The same token with a signature of the right length that its key did not make.</summary>
    internal SandboxPod Altered() => Change("token", token => $"{token.Trim()[..token.Trim().LastIndexOf('.')]}.{Jwts.SignatureOfRightLength}");

    internal SandboxPod Fault(string name, string? path = null) => Do(() => _faults.Add((name, path)));

    internal SandboxPod Port(Func<int> port) => Do(() => _environment["KUBERNETES_SERVICE_PORT"] = port().ToString(CultureInfo.InvariantCulture));

    /// <summary>In the server's place one that speaks no TLS.</summary>
    internal SandboxPod Plain() => Port(() => Keep(WireServer.Plain(_ => WireReply.Ok("{}"))).Port);

    /// <summary>In the server's place one that takes connections and says nothing, or hangs up.</summary>
    internal SandboxPod Listener(bool hangsUp) => Port(() => Keep(new MuteListener(hangsUp)).Port);

    /// <summary>An account of its own, which may do what this ClusterRole allows, and in the mount a token of it.</summary>
    internal SandboxPod Account(string name, string? role = null, string spec = "{}") => Then(async () =>
    {
        await _admin.PostAsync("/api/v1/namespaces/team-a/serviceaccounts", $$"""{"metadata":{"name":"{{name}}"} }""");
        if (role is not null)
        {
            await BindAsync(role, $$"""{"kind":"ServiceAccount","namespace":"team-a","name":"{{name}}"}""");
        }

        await WriteTokenAsync(await _admin.RequestTokenAsync("team-a", name, spec));
        _made.Add($"/api/v1/namespaces/team-a/serviceaccounts/{name}");
    });

    internal SandboxPod AccountDeleted(string name, bool again = false) => Then(async () =>
    {
        await _admin.DeleteAsync($"/api/v1/namespaces/team-a/serviceaccounts/{name}");
        if (again)
        {
            await _admin.PostAsync("/api/v1/namespaces/team-a/serviceaccounts", $$"""{"metadata":{"name":"{{name}}"} }""");
        }
        else
        {
            _made.Remove($"/api/v1/namespaces/team-a/serviceaccounts/{name}");
        }
    });

    /// <summary>In the mount the token of a Secret of the mount's account.</summary>
    internal SandboxPod Stored(string secret) => MakeSecret(secret).Then(async () => await WriteTokenAsync(await _admin.ReadTokenAsync("team-a", secret)));

    internal SandboxPod MakeSecret(string name, string account = "pod-watcher") => Making($"/api/v1/namespaces/team-a/secrets/{name}").Then(() => _admin.PostAsync("/api/v1/namespaces/team-a/secrets", $$"""
        {"metadata":{"name":"{{name}}","annotations":{"kubernetes.io/service-account.name":"{{account}}"} },"type":"kubernetes.io/service-account-token"}
        """));

    internal SandboxPod MakePod(string name) => Making($"/api/v1/namespaces/team-a/pods/{name}").Then(() => _admin.PostAsync("/api/v1/namespaces/team-a/pods", $$"""
        {"metadata":{"name":"{{name}}"},"spec":{"serviceAccountName":"pod-watcher","terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"i"}]} }
        """));

    internal SandboxPod MakeNode(string name) => Then(() => _admin.PostAsync("/api/v1/nodes", $$"""{"metadata":{"name":"{{name}}"} }"""));

    internal SandboxPod Gone(string path) => Do(() => _made.Remove(path)).Then(() => _admin.DeleteAsync(path));

    /// <summary>In the mount a requested token of the mount's account.</summary>
    internal SandboxPod Requested(string spec) => Then(async () => await WriteTokenAsync(await _admin.RequestTokenAsync("team-a", "pod-watcher", spec)));

    internal SandboxPod BoundTo(string kind, string name) => Requested($$"""{"boundObjectRef":{"kind":"{{kind}}","apiVersion":"v1","name":"{{name}}"} }""");

    internal SandboxPod OfFormerIssuer() => Then(async () =>
    {
        await _admin.SetFaultsAsync([("former-issuer", null)]);
        await WriteTokenAsync(await _admin.RequestTokenAsync("team-a", "pod-watcher"));
        await _admin.SetFaultsAsync([]);
    });

    /// <summary>Lets anybody have the keys that tokens are verified by.</summary>
    internal SandboxPod PublicKeys() => Then(() => BindAsync(
        "system:service-account-issuer-discovery", """{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"system:unauthenticated"}"""));

    private SandboxPod Making(string path) => Do(() => _made.Add(path));

    private SandboxPod Do(Action step) => Then(() =>
    {
        step();
        return Task.CompletedTask;
    });

    private SandboxPod Then(Func<Task> step)
    {
        _steps.Add(step);
        return this;
    }

    private async Task BindAsync(string role, string subject)
    {
        var name = $"made-{_suffix}";
        await _admin.PostAsync(
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            Role.Replace("NAME", name, StringComparison.Ordinal).Replace("ROLE", role, StringComparison.Ordinal).Replace("SUBJECT", subject, StringComparison.Ordinal));
        _made.Add($"/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/{name}");
    }

    private Task WriteTokenAsync(string token) => File.WriteAllTextAsync(Path.Combine(_mount, "token"), token, Stop);

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        _servers.Add(server);
        return server;
    }
}
