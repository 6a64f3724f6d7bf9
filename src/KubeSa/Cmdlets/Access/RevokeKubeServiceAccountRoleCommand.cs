using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>
/// Takes a role from service accounts: out of every binding that names them, and with the binding where they were all
/// that it named. Where an account does not hold it, nothing is changed. What Get-KubeAccessRule and Find-KubeAccess find is
/// taken out of the very binding that it comes from.
/// </summary>
[Cmdlet(VerbsSecurity.Revoke, "KubeServiceAccountRole", HelpUri = HelpPages.Folder + "Revoke-KubeServiceAccountRole.md", DefaultParameterSetName = ClusterRoleSet, SupportsShouldProcess = true)]
[OutputType(typeof(RoleBinding))]
public sealed class RevokeKubeServiceAccountRoleCommand : ServiceAccountRoleCmdlet
{
    private readonly HashSet<(Connection Cluster, string? Namespace, string Binding, string Account)> _taken = [];

    /// <summary>
    /// The one binding that is meant, as a rule or a grant from the pipeline brings it. NotFound where there is none; InvalidRequest
    /// where it does not name the account itself but a group that it is in.
    /// </summary>
    [Parameter(ParameterSetName = HeldSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [WithoutKind("rolebinding", "clusterrolebinding")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Binding { get; set; }

    private protected override void Process(RoleGrant grant)
    {
        if (ParameterSetName == HeldSet)
        {
            // A binding is told of with each rule that it gives.
            if (_taken.Add((grant.Cluster, grant.Namespace, Binding!, $"{grant.AccountNamespace}/{grant.Account}")))
            {
                TakeFromOne(grant);
            }

            return;
        }

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

    private void TakeFromOne(RoleGrant grant)
    {
        KubeName.RequirePathSegment("binding", Binding!);
        if (grant.AccountUid is not null)
        {
            RequireNotRecreated(grant);
        }

        var kind = grant.Namespace is null ? "ClusterRoleBinding" : "RoleBinding";
        var target = grant.Namespace is null ? Binding! : $"{grant.Namespace}/{Binding}";
        var binding = Bindings(grant).FirstOrDefault(binding => binding.Name == Binding)
            ?? throw new KubeApiException(FailureKind.NotFound, $"There is no {kind} '{target}'.", target);
        if (!grant.IsOf(binding))
        {
            throw new KubeApiException(FailureKind.Conflict, $"{kind} '{target}' no longer gives {grant.RoleKind} '{grant.Role}' but {binding.RoleKind} '{binding.Role}', so it was left alone.", target);
        }

        if (!grant.Names(binding))
        {
            var groups = string.Join(", ", binding.Subjects.Where(subject => subject.IsGroupOf(grant.AccountNamespace)).Select(subject => subject.Name));
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                groups.Length == 0
                    ? $"{kind} '{target}' does not name {grant.Target}."
                    : $"{grant.Target} holds {grant.What} as a member of a group that {kind} '{target}' names: {groups}. Only that binding can be changed, for all members.",
                target);
        }

        if (ShouldProcess(grant.Cluster, grant.Target, $"Revoke {grant.What} by {kind} '{binding.Name}'"))
        {
            Take(grant, binding);
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
