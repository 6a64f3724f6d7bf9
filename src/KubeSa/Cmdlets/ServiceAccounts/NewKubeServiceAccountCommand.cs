using System.Collections;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Creates service accounts: by name, or from manifests as kubectl create -f does.</summary>
[Cmdlet(VerbsCommon.New, "KubeServiceAccount", HelpUri = HelpPages.Folder + "New-KubeServiceAccount.md", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
[OutputType(typeof(ServiceAccount))]
public sealed class NewKubeServiceAccountCommand : NamespaceCmdlet
{
    private const string NameSet = "Name";
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly PipelineText _text = new();

    /// <summary>
    /// The names of the new accounts: lower-case letters, digits, '-' and '.'. A name that is taken is the error
    /// ServiceAccountAlreadyExists, and the others are made.
    /// </summary>
    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("serviceaccount")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// What the pipeline brings: names, objects with a Name, manifests in YAML or JSON (whole or line by line, many documents, a
    /// List), objects as Get-KubeResource and ConvertFrom-Json give them, and files.
    /// </summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? InputObject { get; set; }

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

    /// <summary>The labels of the new accounts: <c>@{ app = 'web' }</c>.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = InputSet)]
    [Alias("Labels")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Label { get; set; }

    /// <summary>The annotations of the new accounts, by which clouds give them roles among others.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = InputSet)]
    [Alias("Annotations")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Annotation { get; set; }

    /// <summary>The names of Secrets with logins of image registries, which their pods inherit.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = InputSet)]
    [Alias("ImagePullSecrets")]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(PullSecretCompleter))]
    public string[]? ImagePullSecret { get; set; }

    /// <summary>Whether their pods get a token mounted. Where this is left out the account does not say, which means yes.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = InputSet)]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? AutomountToken { get; set; }

    private protected override void Process()
    {
        switch (ParameterSetName)
        {
            case NameSet:
                CreateAll(Name);
                break;
            case InputSet:
                Take(InputObject);
                break;
            default:
                foreach (var file in FilesOf(Path, LiteralPath))
                {
                    Guard(() => CreateFrom(ReadFile(file)));
                }

                break;
        }
    }

    private protected override void End()
    {
        if (_text.Rest() is { } manifest)
        {
            CreateFrom(manifest);
        }
    }

    private void Take(PSObject? input)
    {
        if (PipedFile(input) is { } file)
        {
            CreateFrom(ReadFile(file));
        }
        else if (input?.BaseObject is string text)
        {
            if (_text.IsEmpty && !AccountManifest.Looks(text))
            {
                CreateAll([KubectlName.Without("serviceaccount", text)]);
                return;
            }

            foreach (var manifest in _text.Add(text))
            {
                CreateFrom(manifest);
            }
        }
        else if (input?.BaseObject is ValueType)
        {
            CreateAll([LanguagePrimitives.ConvertTo<string>(input)]);
        }
        else if (ResourceIdentity.Field(input, "metadata") is not null || ResourceIdentity.Field(input, "items") is not null)
        {
            CreateManifest(input);
        }
        else
        {
            CreateAll([$"{ResourceIdentity.Field(input, nameof(Name))}"]);
        }
    }

    private void CreateAll(string[] names)
    {
        var cluster = Cluster;
        foreach (var name in names)
        {
            Guard(() => Create(cluster, name));
        }
    }

    private void CreateFrom(string text)
    {
        RefuseFields();
        foreach (var document in ReadEach(stop => ClientLoadContext.Gateway.ReadManifests(text, stop)))
        {
            Guard(() => CreateManifest(document.Problem is { } problem ? throw problem : JsonTree.Read(document.Json)));
        }
    }

    private void CreateManifest(object? value)
    {
        RefuseFields();
        if (ManifestFields.ItemsOf(value) is { } items)
        {
            foreach (var item in items)
            {
                Guard(() => CreateManifest(item));
            }

            return;
        }

        var cluster = Cluster;
        var (ns, name) = AccountManifest.Identify(value, Namespace, MyInvocation.BoundParameters.ContainsKey(nameof(Namespace)));
        ns ??= cluster.Namespace;
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("service account", name, ns);
        if (ShouldProcess(cluster, $"ServiceAccount {ns}/{name}", "Create"))
        {
            var body = JsonBody.Of(ManifestFields.Fresh(value));
            Await(call => cluster.Api.SendAsync(new RestRequest("POST", $"/api/v1/namespaces/{ns}/serviceaccounts") { Body = body, Creates = name }, call));
            WriteObject(From(cluster, Await(call => cluster.Api.GetServiceAccountAsync(ns, name, call))));
        }
    }

    /// <summary>A manifest says all of the account; what is typed besides would be lost.</summary>
    private void RefuseFields()
    {
        string[] fields = [nameof(Label), nameof(Annotation), nameof(ImagePullSecret), nameof(AutomountToken)];
        if (Array.Find(fields, MyInvocation.BoundParameters.ContainsKey) is { } typed)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"-{typed} does not go with a manifest, which says what the account is to be. Change the manifest, or use Set-KubeServiceAccount afterwards.", typed);
        }
    }

    private void Create(Connection cluster, string name)
    {
        var ns = Namespace ?? cluster.Namespace;
        KubeName.RequireNamespace(ns);
        KubeName.RequireName("service account", name, ns);
        foreach (var secret in ImagePullSecret ?? [])
        {
            KubeName.RequireName("Secret", secret, ns);
        }

        var spec = new ServiceAccountSpec(ns, name)
        {
            Labels = StringMap.From(Label),
            Annotations = StringMap.From(Annotation),
            ImagePullSecrets = ImagePullSecret,
            AutomountToken = AutomountToken,
        };
        if (ShouldProcess(cluster, $"ServiceAccount {ns}/{name}", "Create"))
        {
            WriteObject(From(cluster, Await(call => cluster.Api.CreateServiceAccountAsync(spec, call))));
        }
    }
}
