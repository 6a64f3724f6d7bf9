using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Lets the server issue tokens of service accounts (TokenRequest).</summary>
[Cmdlet(VerbsCommon.New, "KubeServiceAccountToken", HelpUri = HelpPages.Folder + "New-KubeServiceAccountToken.md", SupportsShouldProcess = true)]
[OutputType(typeof(ServiceAccountToken), typeof(string))]
public sealed class NewKubeServiceAccountTokenCommand : ServiceAccountCmdlet
{
    /// <summary>
    /// How long the token is to be good, ten minutes at least: <c>8h</c>, <c>30m</c>, <c>7d</c>, or <c>1:30</c> for an
    /// hour and a half. An hour,
    /// the server's usual time, where this is left out. The server may grant another time, of which a warning tells.
    /// </summary>
    [Parameter]
    [Duration]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public Duration? Duration { get; set; }

    /// <summary>Whom the token is for, such as <c>vault</c>; nobody else accepts it. The API server itself where this is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? Audience { get; set; }

    /// <summary>The name of a pod that runs as the account; when it goes, the token ends too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WithoutKind("pod")]
    [ArgumentCompleter(typeof(PodCompleter))]
    public string? BoundPod { get; set; }

    /// <summary>The name of a Secret of the account's namespace; when it goes, the token ends too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WithoutKind("secret")]
    [ArgumentCompleter(typeof(TokenSecretCompleter))]
    public string? BoundSecret { get; set; }

    /// <summary>The name of a node; when it goes, the token ends too. That came with Kubernetes 1.32.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WithoutKind("node")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public string? BoundNode { get; set; }

    /// <summary>Output the token alone, as a string. Whoever reads it can act as the account.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    private protected override void Process(Connection cluster, string @namespace, string name)
    {
        var (kind, bound) = Binding(@namespace, name);
        var spec = new TokenSpec(@namespace, name)
        {
            Duration = TokenLifetime.Of(Duration, @namespace, name),
            Audiences = Audience ?? [],
            BoundKind = kind,
            BoundName = bound,
        };
        TokenLifetime.Require(spec);
        RequireSame(cluster, @namespace, name);
        if (!ShouldProcess(cluster, $"ServiceAccount {@namespace}/{name}", "Issue token"))
        {
            return;
        }

        var token = From(cluster, Await(call => cluster.Api.CreateTokenAsync(spec, call)));
        WriteObject(AsPlainText ? PlainText.Of(token.Token) : token);
    }

    private (TokenBindingKind? Kind, string? Name) Binding(string @namespace, string account)
    {
        (TokenBindingKind? Kind, string? Name)[] given =
        [
            .. new (TokenBindingKind? Kind, string? Name)[]
            {
                (TokenBindingKind.Pod, BoundPod), (TokenBindingKind.Secret, BoundSecret), (TokenBindingKind.Node, BoundNode),
            }.Where(binding => binding.Name is not null),
        ];
        if (given.Length > 1)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                "A token is bound to one object at most: give one of -BoundPod, -BoundSecret and -BoundNode.",
                $"{@namespace}/{account}");
        }

        if (given is [var (kind, name)])
        {
            KubeName.RequireName(kind!.Value.ToString(), name!, kind == TokenBindingKind.Node ? null : @namespace);
            return given[0];
        }

        return (null, null);
    }
}
