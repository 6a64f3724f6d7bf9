using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Use;

/// <summary>
/// Makes the plan for an account: what it needs beside what its groups give it, the roles that hold just that, the bindings that go, and
/// the replay of the log through what would be then.
/// </summary>
internal sealed class UsePlanner
{
    private readonly UseAggregate _aggregate;
    private readonly AccessSnapshot _snapshot;
    private readonly ILookup<string, UsedRequest> _uses;
    private readonly ILookup<(string Namespace, string Name), RoleBinding> _bindings;
    private readonly HashSet<(string? Place, string Name)> _taken;
    private readonly HashSet<string> _namespaces;

    /// <summary>Prepared once for all accounts of a cluster.</summary>
    internal UsePlanner(UseAggregate aggregate, AccessSnapshot snapshot)
    {
        (_aggregate, _snapshot) = (aggregate, snapshot);
        _uses = UsedRequest.All(aggregate).ToLookup(use => use.Kind.User);
        _bindings = snapshot.Bindings
            .SelectMany(binding => binding.Subjects.Select(subject => subject.AsAccount).OfType<(string Namespace, string Name)>().Distinct(), (binding, account) => (Account: account, Binding: binding))
            .ToLookup(named => named.Account, named => named.Binding);
        _taken = [.. snapshot.Roles.Select(role => (role.Namespace, role.Name)), .. snapshot.Bindings.Select(binding => (binding.Namespace, binding.Name))];
        _namespaces = [.. snapshot.Namespaces.Select(ns => ns.Name)];
    }

    /// <summary>The plan of an account.</summary>
    internal AccessPlan For(string ns, string name, AccessPlanProfile profile)
    {
        var user = ServiceAccountNames.UserName(ns, name);
        var all = _uses[user].ToList();
        var held = _snapshot.Policy.RulesFor(ns, name).ToList();
        var own = held.Where(rule => rule.Subject.IsAccount(ns, name)).ToList();
        var others = held.Except(own).ToList();
        var uses = all.Where(use => held.Exists(rule => rule.Allows(use.Request))).ToList();
        var needed = uses.Where(use => !others.Exists(rule => rule.Allows(use.Request))).ToList();
        var rules = new SmallestRules(profile, _aggregate.Coverage, request => held.Exists(rule => rule.Allows(request)), HasNamespace)
            .Of([.. needed.Where(IsPossible)]);
        rules.AddRange(UnloggedRights.Kept(own, uses));

        var bindings = _bindings[(ns, name)].ToList();
        var kept = bindings.Where(binding => ToolMarks.ToolOf(binding.Labels) is not null).ToList();
        var roles = new List<RoleDefinition>();
        var created = new List<RoleBinding>();
        var creates = new List<AccessPlanObject>();
        foreach (var place in rules.GroupBy(rule => rule.Namespace).OrderBy(place => place.Key, StringComparer.Ordinal))
        {
            var role = PlanManifests.Role(place.Key, FreeName(place.Key, ns, name), [.. place]);
            var binding = PlanManifests.Binding(place.Key, role.Name, ns, name);
            roles.Add(role);
            created.Add(binding);
            creates.Add(PlanManifests.CreateRole(role, [.. place], $"{ns}/{name}"));
            creates.Add(PlanManifests.CreateBinding(binding, $"{ns}/{name}"));
        }

        var confidence = PlanConfidence.Of(_aggregate, _snapshot, ns, name, all);
        return new AccessPlan
        {
            Namespace = ns,
            ServiceAccount = name,
            Profile = profile,
            Creates = [.. creates],
            Removes = [.. bindings.Except(kept).Select(binding => Removal(binding, ns, name))],
            Rules = [.. rules.Select(rule => $"{(rule.Namespace is null ? "in the cluster" : $"in {rule.Namespace}")}: {rule.Proof}")],
            WouldRefuse = [.. Replay(ns, name, uses, others, new RbacPolicy(roles, created))],
            Confidence = confidence.Level,
            Reasons = [.. confidence.Reasons],
            Days = confidence.Days,
            DaysNeeded = confidence.DaysNeeded,
            Findings = [.. new HeldUse(own, others, uses).Findings().Concat(bindings.Where(binding => _snapshot.Policy.RoleOf(binding) is null).Select(binding => $"dead: {binding.Kind} {binding} gives {binding.RoleKind} {binding.Role}, which does not exist"))],
            Patches = [.. kept.Select(binding => Patch(binding, ns, name))],
            Notes = [.. Notes(ns, name, all, uses, needed, bindings.Except(kept))],
            Workloads = [.. WorkloadUse.Of(ns, name, needed)],
        };
    }

    /// <summary>The log again, through what would be: without the account's bindings of today, and with the new ones.</summary>
    private IEnumerable<AccessUse> Replay(string ns, string name, List<UsedRequest> uses, List<HeldRule> others, RbacPolicy created)
    {
        var then = others.Concat(created.RulesFor(ns, name)).ToList();
        return uses.Where(use => IsPossible(use) && !then.Exists(rule => rule.Allows(use.Request))).Select(use => UseList.Row(use.Kind, use.Name, use.Stats));
    }

    private IEnumerable<string> Notes(string ns, string name, List<UsedRequest> all, List<UsedRequest> uses, List<UsedRequest> needed, IEnumerable<RoleBinding> removed)
    {
        foreach (var use in all.Except(uses).Where(use => use.Kind.Origin == UseOrigin.Asked))
        {
            yield return $"{UseList.Row(use.Kind, use.Name, use.Stats).Right} was allowed by another authorizer than RBAC, or by roles that are gone; the plan does not give it";
        }

        foreach (var use in all.Except(uses).Where(use => use.Kind.Origin == UseOrigin.Upgraded))
        {
            yield return $"{UseList.Row(use.Kind, use.Name, use.Stats).Right} is not held; servers from 1.35 on refuse commands over WebSockets without it";
        }

        foreach (var place in needed.Where(use => !IsPossible(use)).GroupBy(use => use.Kind.Namespace))
        {
            yield return $"the namespace {place.Key} does not exist any more; {place.Count()} rights that were used in it are left out";
        }

        foreach (var role in removed.Where(binding => binding.RoleKind == "Role").Select(binding => (binding.Namespace, binding.Role)).Distinct())
        {
            if (!_snapshot.Bindings.Any(other => other.RoleKind == "Role" && other.Namespace == role.Namespace && other.Role == role.Role && other.Subjects.Any(subject => !subject.IsAccount(ns, name))))
            {
                yield return $"Role {role.Namespace}/{role.Role} is held by nobody then; it stays, so that the undo finds it";
            }
        }

        if (_snapshot.NotRead.Count > 0)
        {
            yield return $"not looked at: {string.Join(", ", _snapshot.NotRead.Select(part => part.Resource).Distinct())}";
        }
    }

    private bool IsPossible(UsedRequest use) => use.Kind.Namespace.Length == 0 || use.Kind is { Group: "", Resource: "namespaces" } || HasNamespace(use.Kind.Namespace);

    private bool HasNamespace(string ns) => !_snapshot.WasRead(SnapshotParts.Namespaces) || _namespaces.Contains(ns);

    private static AccessPlanObject Removal(RoleBinding binding, string ns, string name) => binding.Subjects.All(subject => subject.IsAccount(ns, name))
        ? PlanManifests.Remove(binding, AccessPlanAction.Delete, $"gives {binding.RoleKind} {binding.Role} to the account alone")
        : PlanManifests.Remove(binding, AccessPlanAction.RemoveSubject, $"gives {binding.RoleKind} {binding.Role} to others, too, who keep it");

    private static string Patch(RoleBinding binding, string ns, string name) =>
        $"{binding.Kind} {binding} is kept by {ToolMarks.ToolOf(binding.Labels)}: take ServiceAccount {ns}/{name} out of its subjects in the tool's source, or remove it there where nobody else is left";

    /// <summary>A name that no role and no binding has; what is there is never changed.</summary>
    private string FreeName(string? place, string ns, string name)
    {
        var wanted = place == ns ? $"{name}-used" : $"{ns}-{name}-used";
        var free = wanted;
        for (var i = 2; _taken.Contains((place, free)); i++)
        {
            free = $"{wanted}-{i}";
        }

        return free;
    }
}
