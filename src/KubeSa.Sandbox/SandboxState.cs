using KubeSa.Sandbox.Admission;
using KubeSa.Sandbox.Audit;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Auth.Rbac;
using KubeSa.Sandbox.Controllers;
using KubeSa.Sandbox.Controllers.Workloads;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Nodes;
using KubeSa.Sandbox.Patches;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Scenarios;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox;

/// <summary>Everything one sandbox is made of; put together in <see cref="Composition"/>.</summary>
public sealed class SandboxState
{
    internal SandboxState(SandboxOptions options, ServerVersion serverVersion)
    {
        Options = options;
        ServerVersion = serverVersion;
        Types = new ResourceTypes(serverVersion);
        Store = new ResourceStore(options.Time);
        Faults = new FaultBoard(options.Time);
        Controllers = new ControllerHost(Store, options.Time);
        Identity = new ClusterIdentity(Store, Types, serverVersion, options.Time);
        Authenticator = new Authenticator(Identity.Authority.Certificate, Identity.Verifier, serverVersion, options.Time);
        Authorizer = new RbacAuthorizer(Store, Types);
        Impersonation = new Impersonator(Authorizer, serverVersion);
        TokenSecrets = new TokenSecretController(Store, Types, serverVersion, Identity);
        ServiceAccounts = new ServiceAccountAdmission(this);
        Pods = new PodFactory(this, ServiceAccounts);
        ReplicaSets = new ReplicaSets(this, Pods);
        Audit = options.AuditLog is null ? null : new AuditLog(options.AuditLog, options.AuditPolicy, serverVersion, options.Time);
        Kubelet = options.RunsPods ? new LocalKubelet(this) : null;
    }

    public SandboxOptions Options { get; }
    public ServerVersion ServerVersion { get; }
    public ResourceTypes Types { get; }
    public ResourceStore Store { get; }
    public ControllerHost Controllers { get; }

    /// <summary>What goes wrong on purpose.</summary>
    public FaultBoard Faults { get; }
    public TimeProvider Time => Options.Time;

    /// <summary>The address clients use, https://127.0.0.1:port; known once the server listens.</summary>
    public string Url { get; internal set; } = "";

    public IAuthenticator Authenticator { get; set; }
    public IAuthorizer Authorizer { get; set; }
    public IImpersonation? Impersonation { get; set; }

    /// <summary>The files clients were given; null until they are written.</summary>
    internal SandboxFiles? Files { get; set; }

    internal ClusterIdentity Identity { get; }
    internal TokenSecretController TokenSecrets { get; }
    internal ServiceAccountAdmission ServiceAccounts { get; }
    internal PodFactory Pods { get; }
    internal ReplicaSets ReplicaSets { get; }

    /// <summary>The audit log; null where nobody asked for it.</summary>
    internal AuditLog? Audit { get; }

    /// <summary>Runs pods; null where nobody asked for it.</summary>
    internal LocalKubelet? Kubelet { get; }

    /// <summary>Keeps the mount directory; null where the scenario shows no pod.</summary>
    internal MountController? Mount { get; set; }

    internal FieldOwners FieldOwners { get; } = new();

    /// <summary>Run in this order.</summary>
    public IList<IAdmission> Admissions { get; } = [];

    /// <summary>POSTs that are answered but not stored.</summary>
    public IList<ICreateHandler> CreateHandlers { get; } = [];
}
