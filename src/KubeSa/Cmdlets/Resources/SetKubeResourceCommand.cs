using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Changes fields of objects of any resource by a patch, and outputs the objects as they are afterwards.</summary>
[Cmdlet(VerbsCommon.Set, "KubeResource", HelpUri = HelpPages.Folder + "Set-KubeResource.md", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class SetKubeResourceCommand : ChangingResourceCmdlet
{
    /// <summary>
    /// The fields to change: <c>@{ spec = @{ replicas = 3 } }</c>. All others stay as they are; a key whose value is $null is
    /// removed, and a list takes the place of the one there was.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary Patch { get; set; } = new Hashtable();

    /// <summary>How the server merges: Merge, or Strategic, by which lists are merged by their keys (not for custom resources).</summary>
    [Parameter]
    [ValidateSet("Merge", "Strategic")]
    public string PatchType { get; set; } = "Merge";

    private protected override void Process(Connection cluster, ResourceTarget target, string? uid)
    {
        var current = UidOf(cluster, target, uid);
        if (!ShouldProcess(cluster, target.Title, $"Set {string.Join(", ", Fields(Patch, string.Empty))}"))
        {
            return;
        }

        var request = new RestRequest("PATCH", target.Path)
        {
            Body = JsonBody.Of(OnlyFor(current)),
            ContentType = PatchType == "Strategic" ? "application/strategic-merge-patch+json" : "application/merge-patch+json",
        };
        Await(call => cluster.Api.SendAsync(request, call));
        WriteObject(ToObject(cluster, target.Resource, Await(call => cluster.Api.GetObjectAsync(target.Resource, target.Namespace, target.Name, call))));
    }

    /// <summary>The patch with the uid in it, which makes the server refuse it for any other object.</summary>
    private OrderedDictionary OnlyFor(string uid)
    {
        var patch = Copy(Patch);
        var given = patch["metadata"] is PSObject wrapped ? wrapped.BaseObject : patch["metadata"];
        var metadata = given is IDictionary fields ? Copy(fields) : [];
        metadata["uid"] = uid;
        patch["metadata"] = metadata;
        return patch;
    }

    private static OrderedDictionary Copy(IDictionary from)
    {
        var made = new OrderedDictionary(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in from)
        {
            made[$"{entry.Key}"] = entry.Value;
        }

        return made;
    }

    /// <summary>The names of the fields; their values may be secret.</summary>
    private static IEnumerable<string> Fields(IDictionary map, string prefix)
    {
        foreach (DictionaryEntry entry in map)
        {
            var value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            if (value is IDictionary { Count: > 0 } inner)
            {
                foreach (var field in Fields(inner, $"{prefix}{entry.Key}."))
                {
                    yield return field;
                }
            }
            else
            {
                yield return value is null ? $"{prefix}{entry.Key} (removed)" : $"{prefix}{entry.Key}";
            }
        }
    }
}
