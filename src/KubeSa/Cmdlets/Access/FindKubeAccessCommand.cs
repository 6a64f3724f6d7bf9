using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Cmdlets;

/// <summary>Finds who may do something by RBAC: service accounts, users and groups, and the bindings and roles by which.</summary>
[Cmdlet(VerbsCommon.Find, "KubeAccess", HelpUri = HelpPages.Folder + "Find-KubeAccess.md", DefaultParameterSetName = ResourceSet)]
[OutputType(typeof(AccessGrant))]
public sealed class FindKubeAccessCommand : AccessCmdlet
{
    private readonly Dictionary<(Connection Cluster, bool InNamespaces, string? Namespace), RbacPolicy> _policies = [];
    private KnownAccounts? _accounts;

    private protected override void Process()
    {
        var cluster = Cluster;
        foreach (var (verb, what) in Questions)
        {
            Guard(() => Find(cluster, verb, what));
        }
    }

    private void Find(Connection cluster, string verb, string what)
    {
        var (request, inNamespaces) = IsPath(what)
            ? (OfPath(verb, what), false)
            : OfResource(cluster, verb, what, Namespace ?? cluster.Namespace);
        if (Namespace is not null && request.Resource is not null)
        {
            WarnOfScope(request, inNamespaces);
        }

        _accounts ??= new KnownAccounts(AwaitEach, WriteVerbose);
        var grants = Policy(cluster, inNamespaces, request.Namespace).WhoCan(request, inNamespaces, (ns, name) => _accounts.Exists(cluster, ns, name));
        foreach (var grant in grants)
        {
            WriteObject(From(cluster, grant));
        }
    }

    /// <summary>Roles and bindings as far as they count there; several questions read them once.</summary>
    private RbacPolicy Policy(Connection cluster, bool inNamespaces, string? ns)
    {
        var key = (cluster, inNamespaces, ns);
        if (!_policies.TryGetValue(key, out var policy))
        {
            var roles = AwaitEach(cluster.Api.ListClusterRolesAsync).ToList();
            var bindings = AwaitEach(cluster.Api.ListClusterRoleBindingsAsync).ToList();
            if (inNamespaces)
            {
                roles.AddRange(AwaitEach(call => cluster.Api.ListRolesAsync(new ListQuery(ns), call)));
                bindings.AddRange(AwaitEach(call => cluster.Api.ListRoleBindingsAsync(new ListQuery(ns), call)));
            }

            policy = new RbacPolicy(roles, bindings);
            _policies.Add(key, policy);
        }

        return policy;
    }
}
