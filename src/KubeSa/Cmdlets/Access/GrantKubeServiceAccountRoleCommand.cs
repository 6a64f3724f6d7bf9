using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Gives a role to service accounts; where an account holds it already, nothing is changed.</summary>
[Cmdlet(VerbsSecurity.Grant, "KubeServiceAccountRole", HelpUri = HelpPages.Folder + "Grant-KubeServiceAccountRole.md", DefaultParameterSetName = ClusterRoleSet, SupportsShouldProcess = true)]
[OutputType(typeof(RoleBinding))]
public sealed class GrantKubeServiceAccountRoleCommand : ServiceAccountRoleCmdlet
{
    private const string RuleSet = "Rule";

    private OneRuleRoles? _ruleRoles;

    /// <summary>
    /// The verbs of a role with one rule, which is created where there is none with just that rule, and granted: get, list ...
    /// </summary>
    [Parameter(ParameterSetName = RuleSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VerbCompleter))]
    public string[] Verb { get; set; } = [];

    /// <summary>
    /// The resources of that rule, by any name that the server knows them by: pods, deploy, deployments.apps/scale. One that the
    /// server does not have is the error InvalidRequest.
    /// </summary>
    [Parameter(ParameterSetName = RuleSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[] Resource { get; set; } = [];

    /// <summary>The names of the objects that alone that rule is about; all of the resource where this is left out.</summary>
    [Parameter(ParameterSetName = RuleSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ObjectNameCompleter))]
    public string[] ResourceName { get; set; } = [];

    /// <summary>
    /// Let the ClusterRole count in all namespaces, and for objects that are in none, such as nodes. With -Verb it is a ClusterRole
    /// that is created.
    /// </summary>
    [Parameter(ParameterSetName = ClusterRoleSet)]
    [Parameter(ParameterSetName = RuleSet)]
    public override SwitchParameter ClusterWide { get; set; }

    /// <summary>
    /// The name of the binding, to which the account is added where it exists already for the same role; a new one, made of the
    /// names of role and account, where this is left out. One of another role is the error Conflict.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [WithoutKind("rolebinding", "clusterrolebinding")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? BindingName { get; set; }

    /// <summary>
    /// Do not ask before a role that allows everything, as cluster-admin does, is given in the whole cluster. -Confirm:$false
    /// does the same.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(RoleGrant grant)
    {
        if (BindingName is not null)
        {
            KubeName.RequirePathSegment("binding", BindingName);
        }

        KubeApiException? missing = null;
        var newRole = _ruleRoles?.NewRole(grant);
        var role = newRole ?? FindRole(grant, out missing);
        if (missing is not null)
        {
            throw missing;
        }

        if (AccountExists(grant) == false)
        {
            WriteWarning($"There is no service account {grant.AccountNamespace}/{grant.Account}; the role waits for whoever makes it.");
        }

        var bindings = Bindings(grant);
        if (bindings.FirstOrDefault(binding => grant.IsOf(binding) && grant.Names(binding)) is { } held)
        {
            WriteVerbose($"{grant.Target} holds {grant.What} already, by {held.Kind} '{held.Name}'.");
            WriteObject(From(grant.Cluster, held));
            return;
        }

        var named = BindingName is null ? null : bindings.FirstOrDefault(binding => binding.Name == BindingName);
        if (named is not null && !grant.IsOf(named))
        {
            throw new KubeApiException(
                FailureKind.Conflict,
                $"{named.Kind} '{named}' gives {named.RoleKind} '{named.Role}', and the role of a binding cannot be changed. Give -BindingName another name.",
                named.ToString());
        }

        var action = newRole is null ? $"Grant {grant.What}" : $"Create {grant.What} ({OneRuleRoles.Tell(newRole)}) and grant it";
        if (!ShouldProcess(grant.Cluster, grant.Target, action) || !MayGrantEverything(grant, role))
        {
            return;
        }

        if (grant.AccountUid is not null)
        {
            // Once more, for the question may have stood for long.
            AccountExists(grant);
        }

        if (newRole is not null)
        {
            Await(call => grant.Cluster.Api.CreateRoleAsync(newRole, call));
            _ruleRoles!.IsCreated(grant);
        }

        var subject = RoleSubject.Account(grant.AccountNamespace, grant.Account);
        if (named is not null)
        {
            WriteObject(From(grant.Cluster, Await(call => grant.Cluster.Api.SetSubjectsAsync(named, [.. named.Subjects, subject], call))));
            return;
        }

        var made = new RoleBinding
        {
            Namespace = grant.Namespace,
            Name = BindingName ?? FreeName(grant, bindings),
            RoleKind = grant.RoleKind,
            Role = grant.Role,
            Subjects = [subject],
        };
        WriteObject(From(grant.Cluster, Await(call => grant.Cluster.Api.CreateRoleBindingAsync(made, call))));
    }

    /// <summary>
    /// Asks before an account gets all rights of the whole cluster, which the impact of the cmdlet alone would not. Who was asked
    /// already, or wants not to be, is not asked.
    /// </summary>
    private bool MayGrantEverything(RoleGrant grant, RoleDefinition? role)
    {
        var allowsEverything = role?.Rules.Any(rule => rule.AllowsEverything) ?? grant.Role == "cluster-admin";
        var asksByItself = MyInvocation.BoundParameters.ContainsKey("Confirm")
            || !(LanguagePrimitives.TryConvertTo<ConfirmImpact>(SessionState.PSVariable.GetValue("ConfirmPreference"), out var preference)
                && preference == ConfirmImpact.High);
        if (grant.Namespace is not null || !allowsEverything || Force || asksByItself)
        {
            return true;
        }

        try
        {
            return ShouldContinue(
                $"{grant.RoleKind} '{grant.Role}' allows everything. {grant.Target}, and whoever gets hold of a token of it, would own the whole "
                + $"cluster {grant.Cluster.Title}. Grant it?",
                "Grant all rights");
        }
        catch (Exception failure) when (failure is HostException or PSInvalidOperationException or NotImplementedException)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"{grant.RoleKind} '{grant.Role}' allows everything, and nobody can be asked here whether {grant.Target} is to have it in the "
                + "whole cluster. Say so with -Force or -Confirm:$false.",
                $"{grant.AccountNamespace}/{grant.Account}");
        }
    }

    private protected override (string Kind, string Name) RoleFor(Connection cluster, string? scope)
    {
        if (ParameterSetName != RuleSet)
        {
            return base.RoleFor(cluster, scope);
        }

        _ruleRoles ??= new OneRuleRoles(Verb, Resource, ResourceName, AwaitEach, (connection, argument) => Await(call => connection.Api.FindResourceAsync(argument, call)), WriteWarning);
        return (scope is null ? "ClusterRole" : "Role", _ruleRoles.NameFor(cluster, scope));
    }

    private static string FreeName(RoleGrant grant, List<RoleBinding> bindings)
    {
        var taken = bindings.Select(binding => binding.Name).ToHashSet();
        var name = grant.Namespace == grant.AccountNamespace
            ? $"{grant.Role}-{grant.Account}"
            : $"{grant.Role}-{grant.AccountNamespace}-{grant.Account}";
        return Enumerable.Range(1, taken.Count + 1)
            .Select(number => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"))
            .First(candidate => !taken.Contains(candidate));
    }
}
