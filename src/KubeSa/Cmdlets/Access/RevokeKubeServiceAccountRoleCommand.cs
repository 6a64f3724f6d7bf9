using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Takes a role from service accounts: out of every binding that names them, and with the binding where they were all
/// that it named. Where an account does not hold it, nothing is changed.
/// </summary>
[Cmdlet(VerbsSecurity.Revoke, "KubeServiceAccountRole", HelpUri = HelpPages.Folder + "Revoke-KubeServiceAccountRole.md", DefaultParameterSetName = ClusterRoleSet, SupportsShouldProcess = true)]
[OutputType(typeof(RoleBinding))]
public sealed class RevokeKubeServiceAccountRoleCommand : ServiceAccountRoleCmdlet
{
    private protected override void Process(RoleGrant grant)
    {
        if (grant.AccountUid is not null)
        {
            RequireNotRecreated(grant);
        }

        var bindings = Bindings(grant).Where(grant.IsOf).ToList();
        var held = bindings.Where(grant.Names).ToList();
        if (held.Count == 0)
        {
            SayWhyNot(grant);
        }
        else if (ShouldProcess(grant.Cluster, grant.Target, $"Revoke {grant.What}"))
        {
            held.ForEach(binding => Guard(() => Take(grant, binding)));
        }

        foreach (var binding in bindings.Where(binding => binding.Subjects.Any(subject => subject.IsGroupOf(grant.AccountNamespace))))
        {
            WriteWarning(
                $"{grant.Target} still holds {grant.What} as a member of a group that {binding.Kind} '{binding.Name}' names: "
                + $"{string.Join(", ", binding.Subjects.Where(subject => subject.IsGroupOf(grant.AccountNamespace)).Select(subject => subject.Name))}.");
        }
    }

    /// <summary>What an account left behind that is gone may be taken away; what its successor holds may not.</summary>
    private void RequireNotRecreated(RoleGrant grant)
    {
        try
        {
            AccountExists(grant);
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.ServiceAccountNotFound)
        {
            WriteVerbose(failure.Message);
        }
    }

    private void Take(RoleGrant grant, RoleBinding binding)
    {
        var others = binding.Subjects.Where(subject => !subject.IsAccount(grant.AccountNamespace, grant.Account)).ToList();
        if (others.Count > 0)
        {
            WriteObject(From(grant.Cluster, Await(call => grant.Cluster.Api.SetSubjectsAsync(binding, others, call))));
            return;
        }

        Await(call => grant.Cluster.Api.DeleteRoleBindingAsync(binding, call));
        binding.IsRemoved = true;
        WriteObject(From(grant.Cluster, binding));
    }

    private void SayWhyNot(RoleGrant grant)
    {
        FindRole(grant, out var missing);
        if (missing is not null)
        {
            WriteWarning(missing.Message);
        }

        WriteVerbose($"{grant.Target} does not hold {grant.What}.");
    }
}
