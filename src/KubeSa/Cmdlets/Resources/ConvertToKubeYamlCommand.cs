using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Writes objects as YAML that one can keep and create them from again: as the server has them, without the fields that it gives
/// them itself.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "KubeYaml", HelpUri = HelpPages.Folder + "ConvertTo-KubeYaml.md")]
[OutputType(typeof(string))]
public sealed class ConvertToKubeYamlCommand : KubeApiCmdlet
{
    private const string Rbac = "rbac.authorization.k8s.io";

    // By the name of the type, which an object keeps that went through a job or a file. An empty kind is told by the object.
    private static readonly Dictionary<string, (string Kind, string? Group)> Kinds = new(StringComparer.Ordinal)
    {
        [nameof(ServiceAccount)] = ("ServiceAccount", null),
        [nameof(TokenSecret)] = ("Secret", null),
        [nameof(Namespace)] = ("Namespace", null),
        [nameof(Role)] = (string.Empty, Rbac),
        [nameof(RoleBinding)] = (string.Empty, Rbac),
        [nameof(Workload)] = (string.Empty, null),
    };

    private bool _isFirst = true;

    /// <summary>
    /// What to write: service accounts, token Secrets, roles, bindings, namespaces and workloads, which are read again so that
    /// nothing is missing, or objects as Get-KubeResource gives them, and hashtables, which are written as they are.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Write the data of Secrets, too. Whoever reads the token of one can act as its account.</summary>
    [Parameter]
    public SwitchParameter IncludeData { get; set; }

    private protected override void Process()
    {
        var whole = KindOf(InputObject) is var (kind, group) ? Read(kind, group) : InputObject;
        ResourceIdentity.Of(whole);
        var fields = ManifestFields.AsWritten(whole, IncludeData);
        var text = ClientLoadContext.Gateway.WriteYaml(JsonBody.Of(fields));

        // Several texts behind each other, as in a file, are several documents.
        WriteObject(_isFirst ? text : $"---\n{text}");
        _isFirst = false;
    }

    private static (string Kind, string? Group)? KindOf(PSObject given)
    {
        foreach (var name in given.TypeNames)
        {
            if (name.Contains("KubeSa.", StringComparison.Ordinal) && Kinds.TryGetValue(name[(name.LastIndexOf('.') + 1)..], out var known))
            {
                return known.Kind.Length > 0 ? known : ($"{given.Properties["Kind"]?.Value}", known.Group);
            }
        }

        return null;
    }

    /// <summary>The object as the server has it now, which must be the one that was read.</summary>
    private PSObject Read(string kind, string? group)
    {
        var (ns, name) = (Text("Namespace"), Text("Name") ?? throw new KubeApiException(FailureKind.InvalidRequest, $"The {kind} has no name.", kind));
        var cluster = Cluster;
        var argument = new ResourceArgument(kind, group, null);
        var resource = FoundResource.Of(argument, Await(call => cluster.Api.FindResourceAsync(argument, call)));
        if (ns is not null)
        {
            KubeName.RequireNamespace(ns);
        }

        ResourceNames.Require(resource, name, ns);
        var item = Await(call => cluster.Api.GetObjectAsync(resource, ns, name, call));
        var whole = new ResourceRows().ToObject(cluster, resource, item);
        Recreated.Refuse(ResourceNames.Noun(resource), ns is null ? name : $"{ns}/{name}", Text("Uid"), ResourceIdentity.Of(whole).Uid);
        return whole;
    }

    private string? Text(string property) => InputObject.Properties[property]?.Value is { } value && $"{value}" is { Length: > 0 } text ? text : null;
}
