using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Creates a Role, or a ClusterRole, for verbs and resources by the names that people use for them.</summary>
[Cmdlet(VerbsCommon.New, "KubeRole", HelpUri = HelpPages.Folder + "New-KubeRole.md", DefaultParameterSetName = NamespaceSet, SupportsShouldProcess = true)]
[OutputType(typeof(Role))]
public sealed class NewKubeRoleCommand : NamespaceCmdlet
{
    private const string NamespaceSet = "Namespace";
    private const string ClusterSet = "ClusterWide";

    /// <summary>The name of the role.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("role", "clusterrole")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The namespace of the Role; the connection's own where this is left out.</summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string? Namespace { get; set; }

    /// <summary>Create a ClusterRole, which may be granted in any namespace and in the whole cluster.</summary>
    [Parameter(ParameterSetName = ClusterSet, Mandatory = true)]
    public SwitchParameter ClusterWide { get; set; }

    /// <summary>The verbs that the role allows: get, list, watch ... or * for all.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbCompleter))]
    public string[] Verb { get; set; } = [];

    /// <summary>
    /// The resources, by any name that the server knows them by, with group and subresource where there are such: pods, deploy,
    /// deployments.apps/scale, or * for all. One that the server does not have is the error InvalidRequest.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>The names of the objects that alone are meant; all of the resource where this is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] ResourceName { get; set; } = [];

    /// <summary>Paths of URLs that stand for no resource: /healthz, /metrics/*. Only a ClusterRole can allow them.</summary>
    [Parameter(ParameterSetName = ClusterSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NonResourceUrlCompleter))]
    public string[] NonResourceUrl { get; set; } = [];

    private protected override void Process()
    {
        var cluster = Cluster;
        var ns = ClusterWide ? null : Namespace ?? cluster.Namespace;
        KubeName.RequirePathSegment("role", Name);
        if (ns is not null)
        {
            KubeName.RequireNamespace(ns);
        }

        var role = new RoleDefinition(ns, Name, [.. ResourceRules(cluster), .. PathRules()]);
        var kind = ns is null ? "ClusterRole" : "Role";
        if (role.Rules.Count == 0)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"A {kind} needs -Resource{(ns is null ? " or -NonResourceUrl" : string.Empty)}: what its verbs are about.", Name);
        }

        if (ShouldProcess(cluster, $"{kind} {(ns is null ? Name : $"{ns}/{Name}")}", "Create"))
        {
            WriteObject(From(cluster, RoleRules.ToModel(Await(call => cluster.Api.CreateRoleAsync(role, call)))));
        }
    }

    private IReadOnlyList<RoleRule> ResourceRules(Connection cluster)
    {
        if (Resource.Length == 0)
        {
            return ResourceName.Length == 0
                ? []
                : throw new KubeApiException(FailureKind.InvalidRequest, "-ResourceName needs -Resource: of which resource the objects are.", ResourceName[0]);
        }

        return new RuleQuestions(argument => Await(call => cluster.Api.FindResourceAsync(argument, call)), WriteWarning).Rules(Verb, Resource, ResourceName);
    }

    private IEnumerable<RoleRule> PathRules()
    {
        if (NonResourceUrl.FirstOrDefault(path => !path.StartsWith('/') && path != "*") is { } wrong)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{wrong}' is not a path of a URL: it must begin with '/'.", wrong);
        }

        return NonResourceUrl.Length == 0 ? [] : [new RoleRule { Verbs = Verb, NonResourceUrls = NonResourceUrl }];
    }
}
