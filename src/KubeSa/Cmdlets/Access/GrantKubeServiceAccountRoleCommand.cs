using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Gives a role to service accounts; where an account holds it already, nothing is changed.</summary>
[Cmdlet(VerbsSecurity.Grant, "KubeServiceAccountRole", DefaultParameterSetName = ClusterRoleSet, SupportsShouldProcess = true)]
[OutputType(typeof(RoleBinding))]
public sealed class GrantKubeServiceAccountRoleCommand : ServiceAccountRoleCmdlet
{
    /// <summary>
    /// The name of the binding, to which the account is added where it exists already for the same role; a new one, made of the
    /// names of role and account, where this is left out. One of another role is the error Conflict.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
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

        var role = FindRole(grant, out var missing);
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

        if (!ShouldProcess(grant.Cluster, grant.Target, $"Grant {grant.What}") || !MayGrantEverything(grant, role))
        {
            return;
        }

        if (grant.AccountUid is not null)
        {
            // Once more, for the question may have stood for long.
            AccountExists(grant);
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
