using KubeSa.Analysis.Snapshot;
using KubeSa.Analysis.Use;
using KubeSa.Api;
using KubeSa.Rbac;
using Xunit;

namespace KubeSa.Tests.Use;

/// <summary>Plans: the smallest roles that the log needs, and no more than that; where audit2rbac goes wrong, these do not.</summary>
public sealed class PlanTests
{
    private const string User = "system:serviceaccount:team-a:app";

    private static readonly RoleRule Everything = new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] };
    private static readonly RoleRule AllPaths = new() { Verbs = ["*"], NonResourceUrls = ["*"] };

    [Fact]
    public void A_plan_holds_what_was_used_and_takes_the_broad_binding_away()
    {
        var plan = Plan(Cluster(), Event("get", name: "a", resource: "configmaps"), Event("list", resource: "pods"));
        Assert.Equal(["Create Role team-a/app-used", "Create RoleBinding team-a/app-used"], plan.Creates.Select(item => item.ToString()));
        Assert.Equal(["Delete ClusterRoleBinding broad"], plan.Removes.Select(item => item.ToString()));
        Assert.Equal(["get configmaps [a]", "list pods"], RightsOf(plan));
        Assert.Empty(plan.WouldRefuse);
        Assert.All(plan.Rules, rule => Assert.Contains("1 uses, the last 2026-11-02", rule, StringComparison.Ordinal));
        Assert.Contains("kubesa/proof-0", plan.Creates[0].Manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_namespaces_never_become_the_cluster()
    {
        var plan = Plan(Cluster(), Event("get", ns: "team-a"), Event("get", ns: "team-b"));
        Assert.Equal([("Role", "team-a"), ("RoleBinding", "team-a"), ("Role", "team-b"), ("RoleBinding", "team-b")], plan.Creates.Select(item => (item.Kind, item.Namespace)));
        Assert.Contains(plan.Findings, finding => finding.StartsWith("over-scoped", StringComparison.Ordinal) && finding.EndsWith("team-a, team-b alone", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_across_namespaces_needs_the_cluster() =>
        Assert.Equal(["ClusterRole", "ClusterRoleBinding"], Plan(Cluster(), Event("list", ns: null)).Creates.Select(item => item.Kind));

    [Fact]
    public void A_create_has_no_names_and_two_names_stay_names()
    {
        var plan = Plan(Cluster(), Event("create", "configmaps", name: "x", code: 201), Event("get", "configmaps", name: "one"), Event("get", "configmaps", name: "two"));
        Assert.Equal(["create configmaps", "get configmaps [one, two]"], RightsOf(plan));
    }

    [Theory]
    [InlineData("pods", "web")]
    [InlineData("configmaps", "job-x2x4z")]
    public void Passing_objects_and_generated_names_are_not_held_to(string resource, string name) =>
        Assert.Equal([$"get {resource}"], RightsOf(Plan(Cluster(), Event("get", resource, name: name))));

    [Fact]
    public void A_name_that_comes_up_late_shows_that_others_may_follow() => Assert.Equal(
        ["get secrets", "list pods"],
        RightsOf(Plan(Cluster(), Event("list", time: "2026-11-01T00:00:00Z"), Event("get", "secrets", name: "late", time: "2026-11-20T00:00:00Z"), Event("list", time: "2026-11-21T00:00:00Z"))));

    [Fact]
    public void Verbs_are_not_expanded_but_by_the_profile_that_says_so()
    {
        Assert.Equal(["watch pods"], RightsOf(Plan(Cluster(), Event("watch"))));
        Assert.Equal(["update deployments.apps [web]"], RightsOf(Plan(Cluster(), Event("update", "deployments", group: "apps", name: "web"))));
        Assert.Equal(["get,list,watch pods"], RightsOf(Plan(Cluster(), AccessPlanProfile.Reader, Event("watch"), Event("list"))));
        Assert.Equal(["watch pods"], RightsOf(Plan(Cluster(), AccessPlanProfile.Reader, Event("watch"))));
    }

    [Fact]
    public void Paths_have_no_query_and_what_everybody_may_is_not_given_again()
    {
        var plan = Plan(Cluster(), Event("get", null, uri: "/metrics?x=1"), Event("get", null, uri: "/version?timeout=32s"), Event("get", null, uri: "/api"));
        Assert.Equal(["get /metrics"], RightsOf(plan));
        Assert.Equal(["ClusterRole", "ClusterRoleBinding"], plan.Creates.Select(item => item.Kind));
    }

    [Fact]
    public void What_was_refused_gives_no_right() => Assert.Empty(Plan(Cluster(), Event("get", "secrets", decision: "forbid", code: 403)).Creates);

    [Fact]
    public void Impersonation_is_a_right_of_its_own()
    {
        var plan = Plan(Cluster(), Event("list", more: ",\"impersonatedUser\":{\"username\":\"jane\"}"));
        Assert.Equal(["impersonate users [jane]"], RightsOf(plan));
    }

    [Fact]
    public void Rights_that_no_log_shows_are_kept_where_they_may_have_been_needed()
    {
        Assert.Equal(
            ["bind clusterroles.rbac.authorization.k8s.io, roles.rbac.authorization.k8s.io", "create rolebindings.rbac.authorization.k8s.io"],
            RightsOf(Plan(Cluster(), Event("create", "rolebindings", group: "rbac.authorization.k8s.io", code: 201))));
        Assert.DoesNotContain("bind", string.Join(' ', RightsOf(Plan(Cluster(), Event("list")))), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_given_that_is_not_held_today()
    {
        var narrow = Cluster(new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods", "pods/exec"], ResourceNames = ["web"] });
        var plan = Plan(narrow, Event("get", name: "web"), Event("get", name: "web", subresource: "exec", code: 101), Event("list", "secrets"));
        Assert.Equal(["get pods [web]", "get pods/exec [web]"], RightsOf(plan));
        Assert.Contains(plan.Notes, note => note.StartsWith("list secrets in team-a was allowed by another authorizer", StringComparison.Ordinal));
        Assert.Contains(plan.Notes, note => note.Contains("1.35", StringComparison.Ordinal));
    }

    [Fact]
    public void A_binding_of_a_tool_is_patched_by_its_owner_and_one_of_several_is_left_to_the_others()
    {
        var cluster = Cluster();
        var shared = new RoleBinding { Namespace = "team-a", Name = "shared", RoleKind = "ClusterRole", Role = "all", Subjects = [RoleSubject.Account("team-a", "app"), RoleSubject.Account("team-a", "other")] };
        var helm = new RoleBinding { Namespace = "team-a", Name = "chart", RoleKind = "ClusterRole", Role = "all", Subjects = [RoleSubject.Account("team-a", "app")], Labels = new Dictionary<string, string> { ["helm.sh/chart"] = "web-1" } };
        var plan = Plan(cluster with { Bindings = [.. cluster.Bindings, shared, helm] }, Event("get"));
        Assert.Equal(["Delete ClusterRoleBinding broad", "RemoveSubject RoleBinding team-a/shared"], plan.Removes.Select(item => item.ToString()));
        Assert.Contains("Helm", Assert.Single(plan.Patches), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_held_is_told_apart_by_what_is_wrong_with_it()
    {
        var cluster = Cluster(new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["secrets"] }, new RoleRule { Verbs = ["get"], ApiGroups = [""], Resources = ["configmaps"] }, new RoleRule { Verbs = ["get"], Resources = ["pods"] });
        var dangling = new RoleBinding { Namespace = "team-a", Name = "gone", RoleKind = "Role", Role = "gone", Subjects = [RoleSubject.Account("team-a", "app")] };
        var again = new RoleBinding { Namespace = "team-a", Name = "again", RoleKind = "ClusterRole", Role = "all", Subjects = [RoleSubject.Account("team-a", "app")] };
        var plan = Plan(cluster with { Bindings = [.. cluster.Bindings, dangling, again] }, Event("get", "configmaps", name: "one"));
        foreach (var kind in (string[])["unused: get secrets", "dead: the rule get", "dead: RoleBinding team-a/gone", "redundant: ", "over-scoped: get configmaps", "over-named: get configmaps"])
        {
            Assert.Contains(plan.Findings, finding => finding.StartsWith(kind, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Several_workloads_of_one_account_are_told_apart()
    {
        var plan = Plan(Cluster(), Event("list", pod: "web-7c9f6b4d5-x2x4z"), Event("get", "secrets", name: "key", pod: "backup-29384750-bcdfg"));
        Assert.Equal(
            ["backup uses get secrets 'key' in team-a. As an account of its own: team-a/app-backup", "web uses list pods in team-a. As an account of its own: team-a/app-web"], plan.Workloads);
    }

    [Theory]
    [InlineData(2, null, AccessPlanConfidence.Low, 14)]
    [InlineData(20, null, AccessPlanConfidence.High, 14)]
    [InlineData(20, "0 3 * * *", AccessPlanConfidence.High, 14)]
    [InlineData(20, "0 0 1 * *", AccessPlanConfidence.Low, 31)]
    [InlineData(40, "@monthly", AccessPlanConfidence.High, 31)]
    [InlineData(40, "0 0 1 1 *", AccessPlanConfidence.Low, 366)]
    public void A_log_must_be_as_long_as_a_fortnight_and_a_round_of_each_schedule(int days, string? schedule, AccessPlanConfidence confidence, int needed)
    {
        var cluster = Cluster();
        if (schedule is not null)
        {
            cluster = cluster with { Workloads = [new SnapshotWorkload("CronJob", "team-a", "report") { ServiceAccount = "app", Schedule = schedule }] };
        }

        var lines = Enumerable.Range(0, days * 24).Select(hour => Event("list", time: new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour).ToString("yyyy-MM-ddTHH:mm:ssZ", null)));
        var plan = Plan(cluster, [.. lines]);
        Assert.Equal((confidence, needed, days), (plan.Confidence, plan.DaysNeeded, plan.Days));
        Assert.NotEmpty(plan.Reasons);
    }

    [Fact]
    public void Random_workloads_run_under_their_plan_as_before_and_use_every_right_of_it()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var lines = Workload(random);
            var cluster = Cluster();
            var plan = Plan(cluster, [.. lines]);
            Assert.Empty(plan.WouldRefuse);
            var then = After(cluster, plan);
            var uses = UsedRequest.All(Log.Read([.. lines])).Where(use => use.Kind.User == User).ToList();
            Assert.All(uses, use => Assert.True(then.RulesFor("team-a", "app").Any(rule => rule.Allows(use.Request)), $"seed {seed}: {UseList.Row(use.Kind, use.Name, use.Stats).Right}"));
            foreach (var held in then.RulesFor("team-a", "app").Where(rule => rule.Subject.IsAccount("team-a", "app") && !IsUnlogged(rule.Rule)))
            {
                foreach (var right in from verb in held.Rule.Verbs from resource in held.Rule.Resources.DefaultIfEmpty() from name in held.Rule.ResourceNames.Cast<string?>().DefaultIfEmpty() from path in held.Rule.NonResourceUrls.DefaultIfEmpty() select held.Rule with { Verbs = [verb], Resources = resource is null ? [] : [resource], ResourceNames = name is null ? [] : [name], NonResourceUrls = path is null ? [] : [path] })
                {
                    Assert.True(uses.Exists(use => (held.Scope is null || held.Scope == use.Request.Namespace) && right.Allows(use.Request)), $"seed {seed}: {string.Join(',', right.Verbs)} {string.Join(',', right.Resources)} is never used");
                }
            }
        }
    }

    [Fact]
    public void Each_unused_right_says_why_it_may_be_unused()
    {
        var cluster = Cluster(
            new RoleRule { Verbs = ["get", "delete"], ApiGroups = [""], Resources = ["pods"] }, new RoleRule { Verbs = ["list"], ApiGroups = [""], Resources = ["events"] },
            new RoleRule { Verbs = ["bind"], ApiGroups = ["rbac.authorization.k8s.io"], Resources = ["clusterroles"] }, new RoleRule { Verbs = ["update"], ApiGroups = ["apps"], Resources = ["deployments/finalizers"] });
        var log = Log.Read(Event("get", time: "2026-11-01T00:00:00Z"), Event("get", time: "2026-11-20T00:00:00Z"), Log.Event("delete", name: "x", user: "jane", time: "2026-11-10T00:00:00Z"));
        var unused = new UnusedRights(log, cluster).Of("team-a", "app").ToDictionary(use => use.Right);
        Assert.Equal(4, unused.Count);
        Assert.Equal((AccessUseGap.NotSeen, "not seen in 20 days, while such requests of others were logged"), (unused["delete pods in the cluster"].Gap, unused["delete pods in the cluster"].Why));
        Assert.Equal(AccessUseGap.KindNeverLogged, unused["list events in the cluster"].Gap);
        Assert.Equal(AccessUseGap.CannotBeLogged, unused["bind clusterroles.rbac.authorization.k8s.io in the cluster"].Gap);
        Assert.Equal(AccessUseGap.CannotBeLogged, unused["update deployments.apps/finalizers in the cluster"].Gap);
        var monthly = cluster with { Workloads = [new SnapshotWorkload("CronJob", "team-a", "report") { ServiceAccount = "app", Schedule = "@monthly" }] };
        Assert.Equal(AccessUseGap.WindowTooShort, new UnusedRights(log, monthly).Of("team-a", "app").Single(use => use.Verb == "delete").Gap);
    }

    [Fact]
    public void A_plan_for_ten_thousand_accounts_looks_at_each_object_once()
    {
        var accounts = Enumerable.Range(0, 10_000).Select(i => (Ns: $"ns-{i % 100}", Name: $"app-{i}")).ToList();
        var cluster = Cluster() with
        {
            Namespaces = [.. Enumerable.Range(0, 100).Select(i => new SnapshotNamespace($"ns-{i}"))],
            Bindings = [.. accounts.Select(account => new RoleBinding { Name = account.Name, RoleKind = "ClusterRole", Role = "all", Subjects = [RoleSubject.Account(account.Ns, account.Name)] })],
        };
        var log = Log.Read([.. accounts.Select(account => Event("list", ns: account.Ns, user: $"system:serviceaccount:{account.Ns}:{account.Name}"))]);
        var planner = new UsePlanner(log, cluster);
        Assert.Equal(20_000, accounts.Sum(account => planner.For(account.Ns, account.Name, AccessPlanProfile.Exact).Creates.Length));
    }

    private static bool IsUnlogged(RoleRule rule) => rule.Verbs.Any(verb => UnloggedRights.CannotBeLogged(verb, rule.Resources is [var first, ..] ? first : string.Empty));

    private static List<string> Workload(Random random)
    {
        string Pick(params string[] of) => of[random.Next(of.Length)];
        var lines = new List<string>();
        for (var i = random.Next(1, 25); i > 0; i--)
        {
            var verb = Pick("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");
            var (group, resource) = random.Next(8) switch
            {
                0 => ("apps", "deployments"),
                1 => ("batch", "jobs"),
                2 => ("", "secrets"),
                3 => ("", "configmaps"),
                4 => ("example.com", "widgets"),
                5 => ("rbac.authorization.k8s.io", "rolebindings"),
                _ => ("", "pods"),
            };
            var isNamed = verb is not ("list" or "watch" or "deletecollection") || random.Next(5) == 0;
            lines.Add(random.Next(12) == 0
                ? Event("get", null, uri: Pick("/metrics?x=1", "/healthz", "/version", "/custom/a", "/custom/b?c=d"))
                : Event(
                    verb, resource, group: group, name: isNamed ? Pick("one", "two", "three", "job-x2x4z") : null, ns: verb is "list" or "watch" && random.Next(6) == 0 ? null : Pick("team-a", "team-b", "team-c"),
                    subresource: verb == "get" && resource == "pods" && random.Next(2) == 0 ? Pick("log", "exec") : null, code: verb is "update" or "patch" && random.Next(4) == 0 ? 201 : 200,
                    more: random.Next(15) == 0 ? ",\"impersonatedUser\":{\"username\":\"jane\",\"groups\":[\"devs\",\"system:authenticated\"]}" : string.Empty,
                    time: new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(40_000)).ToString("yyyy-MM-ddTHH:mm:ssZ", null)));
        }

        return lines;
    }

    /// <summary>The cluster when the plan was applied, read from its manifests.</summary>
    private static RbacPolicy After(AccessSnapshot cluster, AccessPlan plan)
    {
        var roles = plan.Creates.Where(item => item.Kind.EndsWith("Role", StringComparison.Ordinal)).Select(item => new RoleDefinition(item.Namespace, item.Name, RulesOf(item)));
        var bindings = plan.Creates.Where(item => item.Kind.EndsWith("Binding", StringComparison.Ordinal)).Select(item => new RoleBinding
        {
            Namespace = item.Namespace,
            Name = item.Name,
            RoleKind = item.Namespace is null ? "ClusterRole" : "Role",
            Role = item.Name,
            Subjects = [RoleSubject.Account("team-a", "app")],
        });
        return new RbacPolicy([.. cluster.Roles, .. roles], [.. cluster.Bindings.Where(binding => binding.Name != "broad"), .. bindings]);
    }

    private static List<RoleRule> RulesOf(AccessPlanObject role)
    {
        using var json = System.Text.Json.JsonDocument.Parse(role.Manifest);
        return [.. json.RootElement.GetProperty("rules").EnumerateArray().Select(rule =>
        {
            string[] All(string name) => rule.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
            return new RoleRule { Verbs = All("verbs"), ApiGroups = All("apiGroups"), Resources = All("resources"), ResourceNames = All("resourceNames"), NonResourceUrls = All("nonResourceURLs") };
        })];
    }

    private static IEnumerable<string> RightsOf(AccessPlan plan) => plan.Creates.Where(item => item.Kind.EndsWith("Role", StringComparison.Ordinal)).SelectMany(RulesOf)
        .Select(rule => $"{string.Join(",", rule.Verbs)} {RuleText.Of([.. rule.ApiGroups], [.. rule.Resources], [.. rule.ResourceNames], [.. rule.NonResourceUrls])}").Order();

    private static AccessPlan Plan(AccessSnapshot cluster, params string[] lines) => Plan(cluster, AccessPlanProfile.Exact, lines);

    private static AccessPlan Plan(AccessSnapshot cluster, AccessPlanProfile profile, params string[] lines) => new UsePlanner(Log.Read(lines), cluster).For("team-a", "app", profile);

    private static string Event(
        string verb, string? resource = "pods", string? name = null, string? ns = "team-a", string group = "", string? subresource = null, string uri = "/x", string decision = "allow", int code = 200,
        string time = "2026-11-02T10:00:00Z", string more = "", string? pod = null, string user = User) =>
        Log.Event(verb, resource, user, name, ns, group, subresource, uri, decision, code, time: time, more: more, pod: pod);

    /// <summary>A cluster in which the account holds these rules, or all there are, everywhere, and everybody may look at what there is.</summary>
    private static AccessSnapshot Cluster(params RoleRule[] rules) => new()
    {
        TakenAt = new DateTime(2026, 11, 25, 0, 0, 0, DateTimeKind.Utc),
        Cluster = new SnapshotCluster { Name = "c", Server = "https://c" },
        Namespaces = [new SnapshotNamespace("team-a"), new SnapshotNamespace("team-b"), new SnapshotNamespace("team-c")],
        Roles =
        [
            new RoleDefinition(null, "all", rules.Length == 0 ? [Everything, AllPaths] : rules),
            new RoleDefinition(null, "system:discovery", [new RoleRule { Verbs = ["get"], NonResourceUrls = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/version"] }]),
        ],
        Bindings =
        [
            new RoleBinding { Name = "broad", RoleKind = "ClusterRole", Role = "all", Subjects = [RoleSubject.Account("team-a", "app")] },
            new RoleBinding { Name = "system:discovery", RoleKind = "ClusterRole", Role = "system:discovery", Subjects = [new RoleSubject("Group", null, "system:authenticated")] },
        ],
    };
}
