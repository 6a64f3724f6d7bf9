using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Asks the API server whom it takes us for, and with -Rules what we may do.</summary>
[Cmdlet(VerbsCommon.Get, "KubeIdentity", HelpUri = HelpPages.Folder + "Get-KubeIdentity.md", DefaultParameterSetName = IdentitySet)]
[OutputType(typeof(Identity), ParameterSetName = [IdentitySet])]
[OutputType(typeof(AccessRule), ParameterSetName = [RulesSet])]
public sealed class GetKubeIdentityCommand : NamespaceCmdlet
{
    private const string IdentitySet = "Identity";
    private const string RulesSet = "Rules";

    /// <summary>The user to ask as, by impersonation: <c>system:serviceaccount:NAMESPACE:NAME</c> for an account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string? As { get; set; }

    /// <summary>The groups to ask as, by impersonation; needs -As.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[]? AsGroup { get; set; }

    /// <summary>
    /// Output what we may do in a namespace and in the whole cluster, as the server itself lists it: every user may ask that. A
    /// warning tells where the server could not list everything.
    /// </summary>
    [Parameter(ParameterSetName = RulesSet, Mandatory = true)]
    public SwitchParameter Rules { get; set; }

    /// <summary>The namespace whose rules to list; the connection's own where this is left out.</summary>
    [Parameter(ParameterSetName = RulesSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string? Namespace { get; set; }

    private protected override void Process()
    {
        if (AsGroup is not null && As is null)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, "-AsGroup needs -As: the server takes no group without a user.", AsGroup[0]);
        }

        var cluster = Cluster;
        var impersonation = As is null ? null : new Impersonation(As, AsGroup ?? []);
        if (Rules)
        {
            WriteRules(cluster, Namespace ?? cluster.Namespace, impersonation);
        }
        else
        {
            WriteObject(From(cluster, Await(call => cluster.Api.GetIdentityAsync(impersonation, call))));
        }
    }

    private void WriteRules(Connection cluster, string ns, Impersonation? impersonation)
    {
        KubeName.RequireNamespace(ns);
        var found = Await(call => cluster.Api.ReviewRulesAsync(ns, impersonation, call));
        if (found.IsIncomplete || found.Problem is not null)
        {
            WriteWarning(
                $"These may not be all rules: the server could not list everything that is allowed in {ns}. Test-KubeAccess asks about one thing for certain."
                + (found.Problem is null ? string.Empty : $" The server says: {found.Problem}"));
        }

        var user = As ?? UserName(cluster);
        var account = user is null ? null : ServiceAccountNames.Parse(user);
        foreach (var rule in found.Rules)
        {
            WriteObject(Own(From(cluster, new AccessRule
            {
                Namespace = account?.Namespace,
                ServiceAccount = account?.Name,
                UserName = account is null ? user : null,

                // Paths of URLs are in no namespace.
                Scope = rule.NonResourceUrls.Count > 0 ? null : ns,
                Verbs = [.. rule.Verbs],
                ApiGroups = [.. rule.ApiGroups],
                Resources = [.. rule.Resources],
                ResourceNames = [.. rule.ResourceNames],
                NonResourceUrls = [.. rule.NonResourceUrls],
                BindingKind = null,
                Binding = null,
                RoleKind = null,
                Role = null,
                Subject = null,
                IsIncomplete = found.IsIncomplete || found.Problem is not null,
            })));
        }
    }

    /// <summary>Who we are, for the heading alone: a server that does not tell that may tell the rules.</summary>
    private string? UserName(Connection cluster)
    {
        try
        {
            return Await(call => cluster.Api.GetIdentityAsync(null, call)).UserName;
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.NotFound or FailureKind.Forbidden)
        {
            WriteVerbose($"Whose rules they are is unknown: {failure.Message}");
            return null;
        }
    }

    // By this name the views know it, and show no columns for a binding and a role, of which the server does not tell.
    private static PSObject Own(AccessRule rule)
    {
        var shown = new PSObject(rule);
        shown.TypeNames.Insert(0, $"{typeof(AccessRule).FullName}#Own");
        return shown;
    }
}
