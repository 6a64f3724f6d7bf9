using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Gets service accounts: one, those that match, those of a namespace or of all.</summary>
[Cmdlet(VerbsCommon.Get, "KubeServiceAccount", HelpUri = HelpPages.Folder + "Get-KubeServiceAccount.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(ServiceAccount))]
public sealed class GetKubeServiceAccountCommand : NamespaceQueryCmdlet
{
    // A pull Secret is often named by every account of a namespace.
    private readonly Dictionary<(Connection Cluster, string Namespace, string Name), bool> _secretExists = [];
    private AccountTokens? _tokens;

    /// <summary>
    /// The names of accounts, with wildcards, or <c>NAMESPACE/NAME</c>, or what belongs to an account, such as a token Secret;
    /// all where this is left out. A name without wildcards
    /// that is not there is the error ServiceAccountNotFound; wildcards that match nothing are no error.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceAccount")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServiceAccountCompleter))]
    public ServiceAccountReference[]? Name { get; set; }

    /// <summary>Only accounts whose labels match, as kubectl's -l: <c>app=web,tier!=test</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LabelSelector { get; set; }

    /// <summary>Only accounts whose fields match, as kubectl's --field-selector: <c>metadata.name!=default</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? FieldSelector { get; set; }

    /// <summary>
    /// Fetch the accounts' token Secrets too, into the property Tokens, and look whether the Secrets exist that they name
    /// (MissingSecrets); needs the right to list and get Secrets.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeTokens { get; set; }

    /// <summary>Fetch what the cluster has to tell of each account too, into the property Events; needs the right to list events.</summary>
    [Parameter]
    public SwitchParameter IncludeEvents { get; set; }

    private protected override void Process()
    {
        if (Name is null)
        {
            var cluster = Cluster;
            foreach (var scope in Scopes(cluster))
            {
                Guard(() => WriteList(cluster, scope, new NamePattern("*")));
            }

            return;
        }

        foreach (var account in Name)
        {
            Guard(() => WriteNamed(ClusterOf(account), account));
        }
    }

    private void WriteNamed(Connection cluster, ServiceAccountReference account)
    {
        foreach (var scope in Scopes(cluster, account))
        {
            Guard(() => WriteNamed(cluster, scope, new NamePattern(account.Name)));
        }
    }

    private void WriteNamed(Connection cluster, NamePattern scope, NamePattern name)
    {
        if (name.IsWildcard)
        {
            WriteList(cluster, scope, name);
            return;
        }

        KubeName.RequireName("service account", name.Text, scope.Text);
        if (!scope.IsWildcard && LabelSelector is null && FieldSelector is null)
        {
            Write(cluster, Await(call => cluster.Api.GetServiceAccountAsync(scope.Text, name.Text, call)));
        }
        else if (!WriteList(cluster, scope, name))
        {
            throw new KubeApiException(
                FailureKind.ServiceAccountNotFound,
                $"No service account '{name.Text}' was found in the namespaces and by the selectors given.",
                $"{scope.Text}/{name.Text}");
        }
    }

    /// <summary>Writes the accounts that match; false where there are none.</summary>
    private bool WriteList(Connection cluster, NamePattern scope, NamePattern name)
    {
        var query = new ListQuery(scope.IsWildcard ? null : scope.Text, LabelSelector, Fields(name));
        var any = false;
        foreach (var account in AwaitEach(call => cluster.Api.ListServiceAccountsAsync(query, call)))
        {
            if (name.Matches(account.Name) && scope.Matches(account.Namespace))
            {
                any = true;
                Write(cluster, account);
            }
        }

        if (!any)
        {
            RequireNamespaceExists(cluster, scope);
        }

        return any;
    }

    /// <summary>The server can look for a literal name; wildcards are matched here.</summary>
    private string? Fields(NamePattern name)
    {
        var byName = name.IsWildcard ? null : $"metadata.name={name.Text}";
        return FieldSelector is null || byName is null ? FieldSelector ?? byName : $"{FieldSelector},{byName}";
    }

    /// <summary>The Secrets that the account names and that do not exist; null where one may not look.</summary>
    private string[]? Missing(Connection cluster, ServiceAccount account)
    {
        try
        {
            return
            [
                .. account.ImagePullSecrets.Concat(account.MountableSecrets)
                    .Except(account.Tokens!.Select(token => token.Name))
                    .Where(name => !SecretExists(cluster, account.Namespace, name)),
            ];
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            WriteWarning($"Whether the Secrets that {account} names exist is unknown: {failure.Message}");
            return null;
        }
    }

    private bool SecretExists(Connection cluster, string ns, string name)
    {
        if (!_secretExists.TryGetValue((cluster, ns, name), out var exists))
        {
            try
            {
                Await(call => cluster.Api.GetSecretAsync(ns, name, call));
                exists = true;
            }
            catch (KubeApiException failure) when (failure.Kind is FailureKind.SecretNotFound or FailureKind.InvalidName)
            {
                // What cannot be the name of a Secret is none.
            }

            _secretExists.Add((cluster, ns, name), exists);
        }

        return exists;
    }

    private void Write(Connection cluster, ServiceAccount account)
    {
        if (IncludeTokens)
        {
            _tokens ??= new AccountTokens(
                (connection, ns) => AwaitEach(call => connection.Api.ListTokenSecretsAsync(new ListQuery(ns), call)));
            account.Tokens = _tokens.Of(cluster, account);
            account.MissingSecrets = Missing(cluster, account);
        }

        if (IncludeEvents)
        {
            account.Events =
            [
                .. AwaitEach(call => cluster.Api.ListServiceAccountEventsAsync(account, call)).OrderBy(told => told.LastSeen ?? DateTime.MinValue),
            ];
        }

        WriteObject(From(cluster, account));
    }
}
