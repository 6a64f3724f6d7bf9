using System.Globalization;
using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Gives a role to service accounts; where an account holds it already, nothing is changed.</summary>
[Cmdlet(VerbsSecurity.Grant, "KubeServiceAccountRole", DefaultParameterSetName = ClusterRoleSet, SupportsShouldProcess = true)]
[OutputType(typeof(RoleBinding))]
public sealed class GrantKubeServiceAccountRoleCommand : ServiceAccountRoleCmdlet
{
    /// <summary>The name of the new binding; one made of the names of role and account where this is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BindingName { get; set; }

    private protected override void Process(RoleGrant grant)
    {
        if (BindingName is not null)
        {
            KubeName.RequirePathSegment("binding", BindingName);
        }

        if (RoleExists(grant, out var missing) == false)
        {
            throw missing!;
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

        if (!ShouldProcess(grant.Cluster, grant.Target, $"Grant {grant.What}"))
        {
            return;
        }

        if (grant.AccountUid is not null)
        {
            // Once more, for the question may have stood for long.
            AccountExists(grant);
        }

        var made = new RoleBinding
        {
            Namespace = grant.Namespace,
            Name = BindingName ?? FreeName(grant, bindings),
            RoleKind = grant.RoleKind,
            Role = grant.Role,
            Subjects = [RoleSubject.Account(grant.AccountNamespace, grant.Account)],
        };
        WriteObject(From(grant.Cluster, Await(call => grant.Cluster.Api.CreateRoleBindingAsync(made, call))));
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
