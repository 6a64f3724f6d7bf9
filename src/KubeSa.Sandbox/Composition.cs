using KubeSa.Sandbox.Admission;
using KubeSa.Sandbox.Auth.Rbac;
using KubeSa.Sandbox.Controllers;
using KubeSa.Sandbox.Controllers.Workloads;
using KubeSa.Sandbox.Discovery;
using KubeSa.Sandbox.Discovery.OpenApi;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Nodes;
using KubeSa.Sandbox.Reviews;
using KubeSa.Sandbox.Scenarios;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox;

/// <summary>The one place where the parts are put together.</summary>
internal static class Composition
{
    /// <summary>All scenarios, by the name the user types.</summary>
    public static IReadOnlyDictionary<string, IScenario> Scenarios { get; } =
        new IScenario[] { new SmallCluster("modern", ServerVersion.Modern), new SmallCluster("legacy", ServerVersion.Legacy), new RetiredKey(), new AuditCluster() }
            .ToDictionary(s => s.Name);

    public static SandboxState Compose(SandboxOptions options)
    {
        var scenario = Scenarios[options.Scenario];
        var state = new SandboxState(options, scenario.ServerVersion);
        AddIdentity(state);
        if (!options.BareCluster)
        {
            AddWorkloads(state, scenario);
        }

        state.Controllers.Start();
        state.Store.Age = options.BareCluster ? TimeSpan.Zero : scenario.Age;
        BootstrapObjects.Populate(state);
        LegacyTokenTracking.Populate(state);
        DefaultPolicy.Populate(state);
        if (!options.BareCluster)
        {
            scenario.Populate(state);
        }

        state.Store.Age = TimeSpan.Zero;

        return state;
    }

    /// <summary>In the order they are asked.</summary>
    public static IReadOnlyList<IEndpoint> Endpoints(SandboxState state) =>
    [
        new ResourceEndpoint(),
        new FaultsEndpoint(state.Faults),
        new DiscoveryEndpoint(state.Types, state.ServerVersion),
        new VersionEndpoint(),
        new HealthEndpoint(state.ServerVersion, state.Faults),
        new OpenIdEndpoint(state.Identity.Keys),
        new OpenApiEndpoint(state.Types, state.ServerVersion),
        new RootPathsEndpoint(state.Types, state.ServerVersion),
        new UnknownPathEndpoint(),
    ];

    private static void AddIdentity(SandboxState state)
    {
        var rules = new RuleResolver(state.Store, state.Types);
        state.Controllers.Add(new NamespaceDefaults(state));
        state.Controllers.Add(new NamespaceTermination(state));
        state.Controllers.Add(new GarbageCollection(state));
        state.Controllers.Add(new ClusterRoleAggregation(state));
        state.Controllers.Add(state.TokenSecrets);
        state.Admissions.Add(new NamespaceLifecycle(state));
        state.Admissions.Add(state.ServiceAccounts);
        state.Admissions.Add(new RbacEscalation(rules, state.Authorizer, state.ServerVersion));
        state.CreateHandlers.Add(new TokenRequestHandler(state.Identity.Issuer));
        state.CreateHandlers.Add(new TokenReviewHandler(state.Identity.Verifier));
        state.CreateHandlers.Add(new SelfSubjectReview(state.Time));
        state.CreateHandlers.Add(new AccessReview(state.Authorizer));
        state.CreateHandlers.Add(new SelfSubjectRulesReview(rules));
    }

    private static void AddWorkloads(SandboxState state, IScenario scenario)
    {
        state.Controllers.Add(new DeploymentController(state, state.ReplicaSets));
        if (state.Kubelet is { } kubelet)
        {
            state.Controllers.Add(new JobController(state));
            state.Controllers.Add(new Scheduler(state));
            state.Controllers.Add(kubelet);
        }

        if (scenario.Mounted is { } deployment)
        {
            state.Mount = new MountController(state, deployment);
            state.Controllers.Add(state.Mount);
        }
    }
}
