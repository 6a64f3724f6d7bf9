using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Gets namespaces: one, those that match, or all.</summary>
[Cmdlet(VerbsCommon.Get, "KubeNamespace", HelpUri = HelpPages.Folder + "Get-KubeNamespace.md")]
[OutputType(typeof(Namespace))]
public sealed class GetKubeNamespaceCommand : KubeApiCmdlet
{
    /// <summary>
    /// The names of namespaces, with wildcards; all where this is left out. A name without wildcards that does not exist is the
    /// error NamespaceNotFound; wildcards that match nothing are no error.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The same, as what is in a namespace brings it: an account, a usage, a role.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[]? Namespace { get; set; }

    /// <summary>Only namespaces whose labels match, as kubectl's -l: <c>team=web,tier!=test</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? LabelSelector { get; set; }

    private protected override void Begin()
    {
        if (Name is not null && Namespace is not null)
        {
            Refuse(new KubeApiException(FailureKind.InvalidRequest, "Give the names of namespaces once: -Name and -Namespace are the same here.", Name[0]));
        }
    }

    private protected override void Process()
    {
        var cluster = Cluster;
        foreach (var name in Namespace ?? Name ?? ["*"])
        {
            Guard(() => Write(cluster, new NamePattern(name)));
        }
    }

    private void Write(Connection cluster, NamePattern name)
    {
        if (!name.IsWildcard)
        {
            KubeName.RequireNamespace(name.Text);
        }

        if (!name.IsWildcard && LabelSelector is null)
        {
            WriteObject(From(cluster, Await(call => cluster.Api.GetNamespaceAsync(name.Text, call))));
            return;
        }

        // The server can look for a literal name; wildcards are matched here.
        var query = new ListQuery(null, LabelSelector, name.IsWildcard ? null : $"metadata.name={name.Text}");
        var any = false;
        foreach (var item in AwaitEach(call => cluster.Api.ListNamespacesAsync(query, call)).Where(item => name.Matches(item.Name)))
        {
            any = true;
            WriteObject(From(cluster, item));
        }

        if (!any && !name.IsWildcard)
        {
            throw new KubeApiException(
                FailureKind.NamespaceNotFound, $"There is no namespace '{name.Text}' with labels that match '{LabelSelector}'.", name.Text);
        }
    }
}
