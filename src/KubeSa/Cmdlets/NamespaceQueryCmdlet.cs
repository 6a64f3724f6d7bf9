using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that looks in one namespace, in those that match, or in all.</summary>
public abstract class NamespaceQueryCmdlet : KubeApiCmdlet
{
    private protected const string NamespaceSet = "Namespace";
    private protected const string AllNamespacesSet = "AllNamespaces";

    private protected NamespaceQueryCmdlet()
    {
    }

    /// <summary>
    /// The namespaces, with wildcards; that of what is named or piped, else the connection's own, where this is left out. It does
    /// not count for what lives in no namespace.
    /// </summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public virtual string[]? Namespace { get; set; }

    /// <summary>Look in all namespaces.</summary>
    [Parameter(ParameterSetName = AllNamespacesSet, Mandatory = true)]
    [Alias("A")]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Whether there may be objects of several namespaces, so that a table must say of which.</summary>
    private protected bool IsAcrossNamespaces =>
        AllNamespaces || Namespace is { Length: > 1 } || Namespace?.Any(WildcardPattern.ContainsWildcardCharacters) == true;

    /// <summary>The namespaces to look in.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="home">The namespace where nothing is typed; the connection's own where this is null.</param>
    private protected IReadOnlyList<NamePattern> Scopes(Connection cluster, string? home = null) =>
        AllNamespaces ? [new NamePattern("*")] : Checked(Namespace ?? [home ?? cluster.Namespace]);

    /// <summary>
    /// The namespaces to look in for an account. A namespace in its name counts, and must not contradict the one that is typed
    /// (InvalidRequest); an object is looked for where it is told to.
    /// </summary>
    private protected IReadOnlyList<NamePattern> Scopes(Connection cluster, ServiceAccountReference account)
    {
        if (account.Namespace is not { } own || account.IsObject)
        {
            return Scopes(cluster, account.Namespace);
        }

        return Namespace is null || Scopes(cluster).Any(scope => scope.Matches(own) || scope.Text == own)
            ? Checked(own)
            : throw NamespacedName.Contradiction(account.ToString(), own, string.Join(", ", Namespace));
    }

    private List<NamePattern> Checked(params string[] texts)
    {
        var scopes = new List<NamePattern>();
        foreach (var text in texts)
        {
            // One that is not a name is an error, and the others go on.
            Guard(() =>
            {
                var scope = new NamePattern(text);
                if (!scope.IsWildcard)
                {
                    KubeName.RequireNamespace(text);
                }

                scopes.Add(scope);
            });
        }

        return scopes;
    }

    /// <summary>The server lists a missing namespace as an empty one; a user who mistyped it wants to know.</summary>
    private protected void RequireNamespaceExists(Connection cluster, NamePattern scope)
    {
        if (!scope.IsWildcard && Await(call => cluster.Api.NamespaceExistsAsync(scope.Text, call)) == false)
        {
            throw new KubeApiException(FailureKind.NamespaceNotFound, $"There is no namespace '{scope.Text}' at {cluster.Server}.", scope.Text);
        }
    }
}
