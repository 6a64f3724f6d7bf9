using System.Management.Automation;
using System.Text;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Creates objects of any resource from manifests in YAML or JSON, files, hashtables and objects, and outputs them.</summary>
[Cmdlet(VerbsCommon.New, "KubeResource", HelpUri = HelpPages.Folder + "New-KubeResource.md", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class NewKubeResourceCommand : ResourceCmdlet
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // Lines of a text come one by one from Get-Content.
    private readonly StringBuilder _lines = new();

    /// <summary>The object: a hashtable, an object as Get-KubeResource gives it, or YAML or JSON text, whole or line by line.</summary>
    [Parameter(ParameterSetName = InputSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? InputObject { get; set; }

    /// <summary>Files with manifests in YAML or JSON, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files with manifests, by their names as they stand.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected override void Process()
    {
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            foreach (var file in FilesOf(Path, LiteralPath))
            {
                Guard(() => CreateAll(ReadFile(file)));
            }
        }
        else if ((InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject) is string text)
        {
            _lines.AppendLine(text);
        }
        else
        {
            Create(InputObject);
        }
    }

    private protected override void End()
    {
        if (_lines.Length > 0)
        {
            CreateAll(_lines.ToString());
        }
    }

    private void CreateAll(string text)
    {
        foreach (var document in ReadEach(stop => ClientLoadContext.Gateway.ReadManifests(text, stop)))
        {
            Guard(() => Create(document.Problem is { } problem ? throw problem : JsonTree.Read(document.Json)));
        }
    }

    private void Create(object? value)
    {
        if (ManifestFields.ItemsOf(value) is { } items)
        {
            foreach (var item in items)
            {
                Guard(() => Create(item));
            }

            return;
        }

        var identity = ResourceIdentity.Of(value);
        var cluster = Cluster;
        var resource = Find(cluster, identity.Argument);
        if (identity.Namespace is { } own && MyInvocation.BoundParameters.ContainsKey(nameof(Namespace)) && Namespace != own)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{identity.Name}' says the namespace '{own}', and -Namespace says '{Namespace}'.", $"{own}/{identity.Name}");
        }

        var ns = resource.Namespaced ? identity.Namespace ?? Namespace ?? cluster.Namespace : null;
        if (ns is not null)
        {
            KubeName.RequireNamespace(ns);
        }

        ResourceNames.Require(resource, identity.Name, ns);
        var target = new ResourceTarget(resource, ns, identity.Name);
        if (ShouldProcess(cluster, target.Title, "Create"))
        {
            Await(call => cluster.Api.SendAsync(new RestRequest("POST", target.Collection) { Body = JsonBody.Of(ManifestFields.Fresh(value)), Creates = identity.Name }, call));
            WriteObject(ToObject(cluster, resource, Await(call => cluster.Api.GetObjectAsync(resource, ns, identity.Name, call))));
        }
    }
}
