using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Gets objects of any resource, as the server has them: one, those that match, those of a namespace or of all.</summary>
[Cmdlet(VerbsCommon.Get, "KubeResource", HelpUri = HelpPages.Folder + "Get-KubeResource.md", DefaultParameterSetName = NamespaceSet)]
[OutputType(typeof(PSObject))]
public sealed class GetKubeResourceCommand : ResourceQueryCmdlet
{
    /// <summary>Show all columns of the server's table, as kubectl get -o wide. The objects are the same.</summary>
    [Parameter]
    public SwitchParameter Wide { get; set; }

    private protected override void Process(Connection cluster, ApiResource resource, NamePattern scope, NamePattern name)
    {
        // An object that lives in no namespace is found by its name alone, as one of a known namespace is.
        if (!name.IsWildcard && !HasSelectors && (!resource.Namespaced || !scope.IsWildcard))
        {
            var ns = resource.Namespaced ? scope.Text : null;
            Write(cluster, resource, Await(call => cluster.Api.GetObjectAsync(resource, ns, name.Text, call)));
        }
        else if (!WriteList(cluster, resource, scope, name) && !name.IsWildcard)
        {
            throw new KubeApiException(
                ResourceNames.MissingKind(resource.FullName),
                $"No {ResourceNames.Noun(resource)} '{name.Text}' was found in the namespaces and by the selectors given.",
                $"{scope.Text}/{name.Text}");
        }
    }

    /// <summary>Writes the objects that match; false where there are none.</summary>
    private bool WriteList(Connection cluster, ApiResource resource, NamePattern scope, NamePattern name)
    {
        var (any, anyListed) = (false, false);
        foreach (var item in AwaitEach(call => cluster.Api.ListObjectsAsync(QueryOf(resource, scope, name), call)))
        {
            anyListed = true;
            if (name.Matches(item.Name) && scope.Matches(item.Namespace))
            {
                any = true;
                Write(cluster, resource, item);
            }
        }

        if (!anyListed)
        {
            RequireNamespaceExists(cluster, scope);
        }

        return any;
    }

    private void Write(Connection cluster, ApiResource resource, ResourceItem item) =>
        Guard(() => WriteObject(ToObject(cluster, resource, item, Wide, IsAcrossNamespaces)));
}
