using KubeSa.Api;

namespace KubeSa.Analysis.Use;

/// <summary>
/// The smallest rules that allow what was used. Namespaces stay apart, verbs are not added up to what is usual, names are kept where they
/// are stable, and nothing is allowed that the account may not do today.
/// </summary>
internal sealed class SmallestRules
{
    private static readonly string[] Reading = ["get", "list", "watch"];
    private readonly AccessPlanProfile _profile;
    private readonly long _middle;
    private readonly Func<AccessRequest, bool> _isHeld;
    private readonly Func<string, bool> _hasNamespace;

    /// <param name="profile">How close to keep to what was used.</param>
    /// <param name="coverage">The log's time.</param>
    /// <param name="isHeld">Whether the account may do something today.</param>
    /// <param name="hasNamespace">Whether a namespace exists, so that a Role can be in it.</param>
    internal SmallestRules(AccessPlanProfile profile, LogCoverage coverage, Func<AccessRequest, bool> isHeld, Func<string, bool> hasNamespace)
    {
        (_profile, _isHeld, _hasNamespace) = (profile, isHeld, hasNamespace);
        _middle = coverage.First + ((coverage.Last - coverage.First) / 2);
    }

    internal List<PlannedRule> Of(IReadOnlyList<UsedRequest> uses)
    {
        var rules = new List<PlannedRule>();
        rules.AddRange(uses.Where(use => use.Kind.IsPath).GroupBy(use => use.Kind.Verb).Select(OfPaths));
        var places = uses.Where(use => !use.Kind.IsPath).GroupBy(use => (Namespace: PlaceOf(use), use.Kind.Group, Resource: ResourceOf(use)));
        foreach (var place in places)
        {
            rules.AddRange(OfResource(place.Key.Namespace, place.Key.Group, place.Key.Resource, [.. place]));
        }

        return Merged(rules);
    }

    private PlannedRule OfPaths(IGrouping<string, UsedRequest> uses) => new(
        null,
        new RoleRule { Verbs = [uses.Key], NonResourceUrls = [.. uses.Select(use => use.Name!).Distinct().Order(StringComparer.Ordinal)] },
        [.. uses]);

    private IEnumerable<PlannedRule> OfResource(string? ns, string group, string resource, List<UsedRequest> uses)
    {
        var byVerb = uses.GroupBy(use => use.Kind.Verb).Select(verb => (Verb: verb.Key, Uses: verb.ToList(), Names: NamesOf(ns, group, resource, [.. verb]))).ToList();
        var reading = byVerb.Where(verb => Reading.Contains(verb.Verb)).ToList();
        if (_profile == AccessPlanProfile.Reader && reading.Count >= 2)
        {
            foreach (var added in WholeReading(ns, group, resource, reading))
            {
                yield return added;
            }

            byVerb = [.. byVerb.Where(verb => !Reading.Contains(verb.Verb))];
        }

        foreach (var same in byVerb.GroupBy(verb => verb.Names is null ? null : string.Join('\n', verb.Names)))
        {
            var reasons = same.SelectMany(verb => verb.Uses).Select(use => UseList.ReasonOf(use.Kind.Origin)).OfType<string>().Distinct();
            yield return new PlannedRule(
                ns, Rule(group, resource, same.Select(verb => verb.Verb), same.First().Names), [.. same.SelectMany(verb => verb.Uses)], string.Join("; ", reasons) is { Length: > 0 } reason ? reason : null);
        }
    }

    /// <summary>Get, list and watch together, of all or of the names that all of them were used on.</summary>
    private IEnumerable<PlannedRule> WholeReading(string? ns, string group, string resource, List<(string Verb, List<UsedRequest> Uses, IReadOnlyList<string>? Names)> reading)
    {
        var names = reading.All(verb => verb.Names is not null) ? reading.SelectMany(verb => verb.Names!).Distinct().Order(StringComparer.Ordinal).ToList() : null;
        var used = reading.Select(verb => verb.Verb).ToList();
        var isHeld = Reading.All(verb => names is null ? _isHeld(Request(verb, group, resource, ns, null)) : names.TrueForAll(name => _isHeld(Request(verb, group, resource, ns, name))));
        if (!isHeld)
        {
            foreach (var verb in reading)
            {
                yield return new PlannedRule(ns, Rule(group, resource, [verb.Verb], verb.Names), verb.Uses);
            }

            yield break;
        }

        var added = Reading.Except(used).ToList();
        yield return new PlannedRule(
            ns, Rule(group, resource, Reading, names), [.. reading.SelectMany(verb => verb.Uses)],
            added.Count == 0 ? null : $"{string.Join(", ", added)} was not used and is added, since programs that keep a list up to date need all three");
    }

    private IReadOnlyList<string>? NamesOf(string? ns, string group, string resource, List<UsedRequest> uses)
    {
        var names = StableNames.Of(uses, _middle);
        if (names is not null)
        {
            return names;
        }

        // What is held for some names today is not given for all.
        var isHeldForAll = _isHeld(Request(uses[0].Kind.Verb, group, resource, ns, null));
        return isHeldForAll ? null : [.. uses.Select(use => use.Name).Where(name => !string.IsNullOrEmpty(name)).Select(name => name!).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>A namespace is an object in itself; one that is gone can hold no Role.</summary>
    private string? PlaceOf(UsedRequest use) =>
        use.Request.Namespace is not { } ns || (use.Kind is { Group: "", Resource: "namespaces" } && !_hasNamespace(ns)) ? null : ns;

    private static string ResourceOf(UsedRequest use) => use.Kind.Subresource.Length == 0 ? use.Kind.Resource : $"{use.Kind.Resource}/{use.Kind.Subresource}";

    private static AccessRequest Request(string verb, string group, string resource, string? ns, string? name)
    {
        var parts = resource.Split('/', 2);
        return new AccessRequest(verb) { Group = group, Resource = parts[0], Subresource = parts.Length > 1 ? parts[1] : null, Namespace = ns, Name = name };
    }

    private static RoleRule Rule(string group, string resource, IEnumerable<string> verbs, IReadOnlyList<string>? names) => new()
    {
        Verbs = [.. verbs.Distinct().Order(StringComparer.Ordinal)],
        ApiGroups = [group],
        Resources = [resource],
        ResourceNames = names ?? [],
    };

    /// <summary>Rules of one place and one group with the same verbs and without names are one rule.</summary>
    private static List<PlannedRule> Merged(List<PlannedRule> rules) =>
    [
        .. from rule in rules
           let isAlone = rule.Rule.ResourceNames.Count > 0 || rule.Rule.NonResourceUrls.Count > 0
           group rule by (rule.Namespace, Group: First(rule.Rule.ApiGroups), Verbs: string.Join(',', rule.Rule.Verbs), Alone: isAlone ? rule : null) into same
           orderby same.Key.Namespace, same.Key.Group, string.Join(',', same.First().Rule.Resources), same.Key.Verbs
           select same.Count() == 1
               ? same.First()
               : new PlannedRule(
                   same.Key.Namespace,
                   same.First().Rule with { Resources = [.. same.SelectMany(rule => rule.Rule.Resources).Order(StringComparer.Ordinal)] },
                   [.. same.SelectMany(rule => rule.Uses)],
                   string.Join("; ", same.Select(rule => rule.Reason).OfType<string>().Distinct()) is { Length: > 0 } reason ? reason : null),
    ];

    private static string? First(IReadOnlyList<string> texts) => texts.Count == 0 ? null : texts[0];
}
