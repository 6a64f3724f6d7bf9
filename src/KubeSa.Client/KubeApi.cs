using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Client.Http;
using KubeSa.Client.ProbeJobs;
using KubeSa.Client.Resources;
using KubeSa.Client.Resources.Watches;
using KubeSa.Client.Snapshot;

namespace KubeSa.Client;

/// <summary>An open connection: the port, by the families of resources that do the work, each over the same way to the server.</summary>
internal sealed class KubeApi : IKubeApi, ISnapshotApi
{
    private readonly ApiCaller _caller;
    private readonly ServiceAccountApi _serviceAccounts;
    private readonly SecretApi _secrets;
    private readonly TokenApi _tokens;
    private readonly WorkloadApi _workloads;
    private readonly UsageApi _usage;
    private readonly RbacApi _rbac;
    private readonly AccessReviewApi _access;
    private readonly NamespaceApi _namespaces;
    private readonly DiscoveryApi _discovery;
    private readonly ServerApi _server;
    private readonly ResourceApi _resources;
    private readonly ProbeApi _probe;
    private readonly SnapshotApi _snapshots;

    internal KubeApi(ClusterConfig config, Action<SocketsHttpHandler>? change = null)
        : this(config, () => Transport.Create(config, change))
    {
    }

    internal KubeApi(ClusterConfig config, Func<HttpMessageInvoker> transport)
    {
        Info = config.Info with { Timeout = config.Timeout };
        _caller = new ApiCaller(config, transport);
        var lists = new PagedLists(_caller);
        _serviceAccounts = new ServiceAccountApi(_caller, lists);
        _secrets = new SecretApi(_caller, lists);
        _tokens = new TokenApi(_caller);
        _workloads = new WorkloadApi(_caller);
        _usage = new UsageApi(lists);
        _rbac = new RbacApi(_caller, lists);
        _access = new AccessReviewApi(_caller);
        _namespaces = new NamespaceApi(_caller, lists);
        _discovery = new DiscoveryApi(_caller);
        _server = new ServerApi(_caller, _discovery);
        _resources = new ResourceApi(_caller, lists, () => Watches);
        _probe = new ProbeApi(_caller);
        _snapshots = new SnapshotApi(_caller, lists, this);
    }

    public ConnectionInfo Info { get; }

    /// <summary>How long the parts of watches take.</summary>
    internal WatchTiming Watches { get => field ?? new WatchTiming { Patience = _caller.Config.Timeout }; init; }

    /// <summary>Makes the transport, which reads certificates and takes most of the time before the first request.</summary>
    internal void Prepare() => _caller.Prepare();

    public void Dispose() => _caller.Dispose();

    public Task<AccessSnapshot> TakeSnapshotAsync(CallContext call) => _snapshots.TakeSnapshotAsync(call);

    public string ComposeKubeConfig(KubeConfigSpec spec, Action<Notice> notify)
    {
        if (_caller.Config.Proxy is { UserInfo.Length: > 0 } proxy && !spec.IncludeProxyCredential)
        {
            notify(new WarningNotice(
                $"The kubeconfig of {spec.Namespace}/{spec.ServiceAccount} names the proxy {proxy.Host}, but not your user and password for it. Whoever uses the file needs their own; -IncludeProxyCredential writes yours into it."));
        }

        return KubeConfigWriter.Compose(spec, _caller.Config);
    }

    public Task<ServiceAccount> GetServiceAccountAsync(string @namespace, string name, CallContext call) =>
        _serviceAccounts.GetServiceAccountAsync(@namespace, name, call);

    public IAsyncEnumerable<Page<ServiceAccount>> ListServiceAccountsAsync(ListQuery query, CallContext call) =>
        _serviceAccounts.ListServiceAccountsAsync(query, call);

    public IAsyncEnumerable<Page<ServiceAccountEvent>> ListServiceAccountEventsAsync(ServiceAccount account, CallContext call) =>
        _serviceAccounts.ListServiceAccountEventsAsync(account, call);

    public Task<ServiceAccount> CreateServiceAccountAsync(ServiceAccountSpec spec, CallContext call) =>
        _serviceAccounts.CreateServiceAccountAsync(spec, call);

    public Task<ServiceAccount> ChangeServiceAccountAsync(ServiceAccountChange change, CallContext call) =>
        _serviceAccounts.ChangeServiceAccountAsync(change, call);

    public Task<bool> DeleteServiceAccountAsync(ServiceAccount account, CallContext call) =>
        _serviceAccounts.DeleteServiceAccountAsync(account, call);

    public Task<SecretDocument> GetSecretAsync(string @namespace, string name, CallContext call) => _secrets.GetSecretAsync(@namespace, name, call);

    public IAsyncEnumerable<Page<SecretDocument>> ListTokenSecretsAsync(ListQuery query, CallContext call) =>
        _secrets.ListTokenSecretsAsync(query, call);

    public Task<SecretDocument> CreateTokenSecretAsync(string name, ServiceAccount account, CallContext call) =>
        _secrets.CreateTokenSecretAsync(name, account, call);

    public Task<SecretDocument> CreateBindingSecretAsync(string name, ServiceAccount account, IReadOnlyDictionary<string, string> annotations, CallContext call) =>
        _secrets.CreateBindingSecretAsync(name, account, annotations, call);

    public Task<SecretDocument> MarkTokenSecretAsync(SecretDocument secret, string? invalidSince, CallContext call) =>
        _secrets.MarkTokenSecretAsync(secret, invalidSince, call);

    public Task<bool> DeleteSecretAsync(SecretDocument secret, CallContext call) => _secrets.DeleteSecretAsync(secret, call);

    public Task<ServiceAccountToken> CreateTokenAsync(TokenSpec spec, CallContext call) => _tokens.CreateTokenAsync(spec, call);

    public Task<string> GetBoundObjectUidAsync(TokenBindingKind kind, string @namespace, string name, CallContext call) =>
        _tokens.GetBoundObjectUidAsync(kind, @namespace, name, call);

    public Task<Workload> GetWorkloadAsync(WorkloadKind kind, string @namespace, string name, CallContext call) =>
        _workloads.GetWorkloadAsync(kind, @namespace, name, call);

    public Task<Workload> SetWorkloadServiceAccountAsync(Workload before, string serviceAccount, CallContext call) =>
        _workloads.SetWorkloadServiceAccountAsync(before, serviceAccount, call);

    public IAsyncEnumerable<Page<PodUse>> ListPodUsesAsync(string @namespace, CallContext call) => _usage.ListPodUsesAsync(@namespace, call);

    public IAsyncEnumerable<Page<PodUse>> ListTemplateUsesAsync(WorkloadKind kind, string @namespace, CallContext call) =>
        _usage.ListTemplateUsesAsync(kind, @namespace, call);

    public Task<RoleDefinition> GetRoleAsync(string? @namespace, string name, CallContext call) => _rbac.GetRoleAsync(@namespace, name, call);

    public Task<RoleDefinition> CreateRoleAsync(RoleDefinition role, CallContext call) => _rbac.CreateRoleAsync(role, call);

    public IAsyncEnumerable<Page<RoleDefinition>> ListRolesAsync(ListQuery query, CallContext call) => _rbac.ListRolesAsync(query, call);

    public IAsyncEnumerable<Page<RoleDefinition>> ListClusterRolesAsync(CallContext call) => _rbac.ListClusterRolesAsync(call);

    public IAsyncEnumerable<Page<RoleBinding>> ListRoleBindingsAsync(ListQuery query, CallContext call) => _rbac.ListRoleBindingsAsync(query, call);

    public IAsyncEnumerable<Page<RoleBinding>> ListClusterRoleBindingsAsync(CallContext call) => _rbac.ListClusterRoleBindingsAsync(call);

    public Task<RoleBinding> CreateRoleBindingAsync(RoleBinding binding, CallContext call) => _rbac.CreateRoleBindingAsync(binding, call);

    public Task<RoleBinding> SetSubjectsAsync(RoleBinding binding, IReadOnlyList<RoleSubject> subjects, CallContext call) =>
        _rbac.SetSubjectsAsync(binding, subjects, call);

    public Task<bool> DeleteRoleBindingAsync(RoleBinding binding, CallContext call) => _rbac.DeleteRoleBindingAsync(binding, call);

    public Task<AccessDecision> ReviewAccessAsync(AccessRequest request, CallContext call) => _access.ReviewAccessAsync(request, call);

    public Task<OwnRules> ReviewRulesAsync(string ns, Impersonation? impersonation, CallContext call) =>
        _access.ReviewRulesAsync(ns, impersonation, call);

    public Task<Namespace> GetNamespaceAsync(string name, CallContext call) => _namespaces.GetNamespaceAsync(name, call);

    public IAsyncEnumerable<Page<Namespace>> ListNamespacesAsync(ListQuery query, CallContext call) => _namespaces.ListNamespacesAsync(query, call);

    public Task<bool?> NamespaceExistsAsync(string @namespace, CallContext call) => _namespaces.NamespaceExistsAsync(@namespace, call);

    public IAsyncEnumerable<Page<string>> ListNamespaceNamesAsync(CallContext call) => _namespaces.ListNamespaceNamesAsync(call);

    public Task<ResourceLookup> FindResourceAsync(ResourceArgument argument, CallContext call) => _discovery.FindResourceAsync(argument, call);

    public Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call) => _discovery.ListResourcesAsync(call);

    public Task<List<string>> ListNamesAsync(ApiResource resource, string? @namespace, string? fieldSelector, CallContext call) =>
        _discovery.ListNamesAsync(resource, @namespace, fieldSelector, call);

    public Task<Identity> GetIdentityAsync(Impersonation? impersonation, CallContext call) => _server.GetIdentityAsync(impersonation, call);

    public Task<string> GetSigningKeysAsync(CallContext call) => _server.GetSigningKeysAsync(call);

    public Task<string> GetIssuerAsync(CallContext call) => _server.GetIssuerAsync(call);

    public Task<TokenReview> ReviewTokenAsync(string token, IReadOnlyList<string> audiences, CallContext call) =>
        _server.ReviewTokenAsync(token, audiences, call);

    public Task<string?> GetVersionAsync(CallContext call) => _server.GetVersionAsync(call);

    public Task<ResourceItem> GetObjectAsync(ApiResource resource, string? @namespace, string name, CallContext call) =>
        _resources.GetObjectAsync(resource, @namespace, name, call);

    public IAsyncEnumerable<Page<ResourceItem>> ListObjectsAsync(ResourceQuery query, CallContext call) => _resources.ListObjectsAsync(query, call);

    public IAsyncEnumerable<ResourceChanges> WatchObjectsAsync(ResourceWatch watch, CallContext call) => _resources.WatchObjectsAsync(watch, call);

    public Task<RestAnswer> SendAsync(RestRequest request, CallContext call) => _resources.SendAsync(request, call);

    public Task<string> StartProbeAsync(ProbeSpec spec, CallContext call) => _probe.StartProbeAsync(spec, call);

    public Task<ProbeState> GetProbeAsync(string @namespace, string job, CallContext call) => _probe.GetProbeAsync(@namespace, job, call);

    public Task<string> ReadProbeLogAsync(string @namespace, string pod, CallContext call) => _probe.ReadProbeLogAsync(@namespace, pod, call);

    public Task DeleteProbeAsync(string @namespace, string job, CallContext call) => _probe.DeleteProbeAsync(@namespace, job, call);
}
