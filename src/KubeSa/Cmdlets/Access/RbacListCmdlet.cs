using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that gets the roles or the bindings of a namespace, of all, or those of the cluster itself.</summary>
public abstract class RbacListCmdlet : NamespaceQueryCmdlet
{
    private const string ClusterSet = "ClusterWide";

    private protected RbacListCmdlet()
    {
    }

    /// <summary>Those that count in the whole cluster: ClusterRoles and ClusterRoleBindings.</summary>
    [Parameter(ParameterSetName = ClusterSet, Mandatory = true)]
    public SwitchParameter ClusterWide { get; set; }

    /// <summary>Writes those of the names that are in the namespaces asked about.</summary>
    /// <param name="names">The names, with wildcards; null for all.</param>
    /// <param name="kind">What they are where they have a namespace: Role.</param>
    /// <param name="list">Lists those of a namespace (null: of the cluster itself).</param>
    /// <param name="identify">The namespace and the name of one.</param>
    /// <param name="complete">Adds what is to be known of one that is written; null for nothing.</param>
    private protected void Write<T>(
        string[]? names,
        string kind,
        Func<Connection, NamePattern?, IEnumerable<T>> list,
        Func<T, (string? Namespace, string Name)> identify,
        Action<Connection, T>? complete = null)
        where T : KubeObject
    {
        var cluster = Cluster;
        var patterns = (names ?? ["*"]).Select(name => new NamePattern(name, ignoreCase: false)).ToList();
        foreach (var scope in ClusterWide ? new NamePattern?[] { null } : [.. Scopes(cluster)])
        {
            Guard(() => Write(cluster, scope, patterns, scope is null ? $"Cluster{kind}" : kind, list, identify, complete));
        }
    }

    private void Write<T>(
        Connection cluster,
        NamePattern? scope,
        List<NamePattern> patterns,
        string kind,
        Func<Connection, NamePattern?, IEnumerable<T>> list,
        Func<T, (string? Namespace, string Name)> identify,
        Action<Connection, T>? complete)
        where T : KubeObject
    {
        var missing = patterns.Where(pattern => !pattern.IsWildcard).ToHashSet();
        var any = false;
        foreach (var item in list(cluster, scope))
        {
            var (ns, name) = identify(item);
            var found = patterns.Where(pattern => pattern.Matches(name)).ToList();
            if (found.Count > 0 && (scope is null || scope.Matches(ns ?? string.Empty)))
            {
                any = true;
                missing.ExceptWith(found);
                complete?.Invoke(cluster, item);
                WriteObject(From(cluster, item));
            }
        }

        if (!any && scope is not null)
        {
            RequireNamespaceExists(cluster, scope);
        }

        foreach (var pattern in missing)
        {
            WriteFailure(NotFound(kind, pattern.Text, scope));
        }
    }

    private static KubeApiException NotFound(string kind, string name, NamePattern? scope) => scope switch
    {
        null => new KubeApiException(FailureKind.NotFound, $"There is no {kind} '{name}' in the whole cluster.", name),
        { IsWildcard: true } => new KubeApiException(FailureKind.NotFound, $"There is no {kind} '{name}' in the namespaces '{scope.Text}'.", $"{scope.Text}/{name}"),
        _ => new KubeApiException(FailureKind.NotFound, $"There is no {kind} '{name}' in the namespace '{scope.Text}'.", $"{scope.Text}/{name}"),
    };
}
