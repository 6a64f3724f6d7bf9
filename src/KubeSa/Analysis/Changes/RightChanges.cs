using KubeSa.Analysis.Snapshot;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Changes;

/// <summary>Which rights subjects of bindings have in one snapshot and not in the other. One that comes by another way now was not gained.</summary>
internal static class RightChanges
{
    private const string Authenticated = "system:authenticated";

    internal static IEnumerable<AccessChange> Between(AccessSnapshot before, AccessSnapshot after) =>
        Missing(after, before, AccessChangeDirection.Gained).Concat(Missing(before, after, AccessChangeDirection.Lost));

    /// <summary>What is in the one and not in the other.</summary>
    private static IEnumerable<AccessChange> Missing(AccessSnapshot one, AccessSnapshot other, AccessChangeDirection direction)
    {
        var subjects = one.Bindings.SelectMany(binding => binding.Subjects).Select(Who).Distinct();
        foreach (var subject in subjects)
        {
            var here = Rules(one, subject).ToList();
            var there = Rules(other, subject).ToList();
            if (here.Select(Key).SequenceEqual(there.Select(Key)))
            {
                continue;
            }

            // A group has its own line; its members need not repeat it.
            foreach (var held in here.Where(held => Who(held.Subject) == subject && WasRead(other, held.Binding)))
            {
                foreach (var change in Lacking(held, there, subject, other, direction))
                {
                    yield return change;
                }
            }
        }
    }

    private static IEnumerable<AccessChange> Lacking(HeldRule held, List<HeldRule> there, Subject subject, AccessSnapshot other, AccessChangeDirection direction)
    {
        var lacking = LostRights.Requests(held.Rule).Where(request => !there.Exists(rule => (rule.Scope is null || rule.Scope == held.Scope) && rule.Rule.Allows(request)));
        foreach (var group in lacking.GroupBy(LostRights.What))
        {
            yield return new AccessChange
            {
                Change = direction,
                Kind = AccessChangeKind.Right,
                Severity = direction == AccessChangeDirection.Lost ? AuditSeverity.Info : RightSeverity.Of(held),
                Subject = subject.ToString(),
                Namespace = subject.Account?.Namespace,
                ServiceAccount = subject.Account?.Name,
                What = $"{string.Join(",", group.Select(request => request.Verb).Distinct())} {group.Key}",
                Scope = held.Scope,
                Binding = $"{held.Binding.Kind} {held.Binding}",
                Role = held.Role.Namespace is { } ns ? $"Role {ns}/{held.Role.Name}" : $"ClusterRole {held.Role.Name}",
                Reason = Reason(held, other, subject, direction),
            };
        }
    }

    private static string Reason(HeldRule held, AccessSnapshot other, Subject subject, AccessChangeDirection direction)
    {
        var isGained = direction == AccessChangeDirection.Gained;
        var binding = other.Bindings.FirstOrDefault(item => item.Namespace == held.Binding.Namespace && item.Name == held.Binding.Name);
        var role = other.Policy.RoleOf(held.Binding);
        return binding is null ? $"the binding was {(isGained ? "created" : "deleted")}."
            : !binding.Subjects.Select(Who).Contains(subject) ? $"the subject was {(isGained ? "added to" : "removed from")} the binding."
            : binding.RoleKind != held.Binding.RoleKind || binding.Role != held.Binding.Role ? "the binding gives another role."
            : role is null ? $"the role was {(isGained ? "created" : "deleted")}."
            : $"the rules of the role {(isGained ? "allow more" : "allow less")}.";
    }

    /// <summary>What the other snapshot could not look at is not gained or lost.</summary>
    private static bool WasRead(AccessSnapshot other, RoleBinding binding) =>
        other.WasRead(binding.Namespace is null ? SnapshotParts.ClusterRoleBindings : SnapshotParts.RoleBindings, binding.Namespace)
        && other.WasRead(binding.RoleKind == "ClusterRole" ? SnapshotParts.ClusterRoles : SnapshotParts.Roles, binding.RoleKind == "ClusterRole" ? null : binding.Namespace);

    private static string Key(HeldRule held) => $"{held.Scope}|{held.Binding.Name}|{held.Binding.RoleKind}|{held.Binding.Role}|{RoleRules.Key(held.Rule)}";

    private static IEnumerable<HeldRule> Rules(AccessSnapshot snapshot, Subject subject) => subject switch
    {
        { Account: var (ns, name) } => snapshot.Policy.RulesFor(ns, name),
        { Kind: "Group" } => snapshot.Policy.RulesFor(null, [subject.Name]),
        _ => snapshot.Policy.RulesFor(subject.Name, [Authenticated]),
    };

    private static Subject Who(RoleSubject subject) => new(subject.AsAccount is null ? subject.Kind : "ServiceAccount", subject.AsAccount, subject.AsAccount?.Name ?? subject.Name);

    private sealed record Subject(string Kind, (string Namespace, string Name)? Account, string Name)
    {
        public override string ToString() => Account is var (ns, name) ? $"{Kind} {ns}/{name}" : $"{Kind} {Name}";
    }
}
