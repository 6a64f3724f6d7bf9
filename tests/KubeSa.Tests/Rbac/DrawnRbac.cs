using System.Text.Json.Nodes;
using KubeSa.Api;

namespace KubeSa.Tests.Rbac;

/// <summary>
/// Roles, bindings and questions drawn by a seed, with all that RBAC has: wildcards, names of objects, subresources, aggregated
/// roles, groups, users that are accounts, subjects without a namespace, roles that do not exist.
/// </summary>
internal sealed class DrawnRbac(int seed)
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly string[] Accounts = ["ann", "bob", "cid"];
    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
    private static readonly string[] Groups = ["", "apps", "batch"];
    private static readonly string[] Resources = ["pods", "pods/log", "pods/exec", "secrets", "deployments", "deployments/scale", "jobs", "jobs/status", "nodes"];
    private static readonly string[] Patterns = ["*", "*/scale", "*/log", "pods/*"];
    private static readonly string[] Names = ["one", "two", "three"];
    private static readonly string[] Paths = ["/healthz", "/healthz/etcd", "/metrics", "/metrics/cadvisor", "/logs/a"];
    private static readonly string[] PathPatterns = ["/healthz", "/healthz/*", "/metrics", "/metrics*", "/logs/*", "*"];

    private readonly Random _random = new(seed);

    internal static string[] Namespaces { get; } = ["drawn-a", "drawn-b", "drawn-c"];

    /// <summary>The aggregated roles, whose rules the server fills in after they are created.</summary>
    internal static string[] Aggregated { get; } = ["drawn-sum-0", "drawn-sum-1"];

    /// <summary>All objects, in an order in which they can be created: one manifest.</summary>
    internal JsonObject Objects()
    {
        var objects = new List<JsonObject>();
        foreach (var ns in Namespaces)
        {
            objects.Add(Object("v1", "Namespace", null, ns));
            objects.AddRange(Accounts.Select(name => Object("v1", "ServiceAccount", ns, name)));
        }

        for (var i = 0; i < 12; i++)
        {
            var role = Role(null, $"drawn-{i}");
            if (i < 4)
            {
                role["metadata"]!["labels"] = new JsonObject { [$"drawn/sum-{i % 2}"] = "true" };
            }

            objects.Add(role);
        }

        objects.AddRange(Aggregated.Select((name, i) =>
        {
            var role = Object($"{Group}/v1", "ClusterRole", null, name);
            role["aggregationRule"] = new JsonObject
            {
                ["clusterRoleSelectors"] = new JsonArray(new JsonObject { ["matchLabels"] = new JsonObject { [$"drawn/sum-{i}"] = "true" } }),
            };
            return role;
        }));
        foreach (var ns in Namespaces)
        {
            objects.AddRange(Enumerable.Range(0, 6).Select(i => Role(ns, $"drawn-{i}")));
            objects.AddRange(Enumerable.Range(0, 9).Select(i => Binding(ns, $"drawn-{i}")));
        }

        objects.AddRange(Enumerable.Range(0, 6).Select(i => Binding(null, $"drawn-{i}")));
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. objects]) };
    }

    /// <summary>A question about one of the accounts, or one that does not exist but is named.</summary>
    internal (string Namespace, string Account, AccessRequest Request) Question()
    {
        var (ns, account) = (One(Namespaces), One(Accounts));
        var user = new AccessRequest(One(Verbs)) { User = ServiceAccountNames.UserName(ns, account), Groups = ServiceAccountNames.Groups(ns) };
        if (Chance(8))
        {
            return (ns, account, user with { NonResourceUrl = One(Paths) });
        }

        var parts = One(Resources).Split('/');
        return (ns, account, user with
        {
            Verb = Chance(12) ? "*" : user.Verb,
            Group = Chance(12) ? "*" : One(Groups),
            Resource = Chance(12) ? "*" : parts[0],
            Subresource = parts.Length > 1 ? parts[1] : Chance(15) ? "*" : null,
            Name = Chance(2) ? One(Names) : null,
            Namespace = Chance(6) ? null : One(Namespaces),
        });
    }

    private JsonObject Role(string? ns, string name)
    {
        var role = Object($"{Group}/v1", ns is null ? "ClusterRole" : "Role", ns, name);
        role["rules"] = new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => ns is null && Chance(4) ? PathRule() : Rule())]);
        return role;
    }

    private JsonObject Rule()
    {
        var rule = new JsonObject
        {
            ["verbs"] = Chance(6) ? List("*") : Some(Verbs),
            ["apiGroups"] = Chance(6) ? List("*") : Some(Groups),
            ["resources"] = Chance(3) ? List(One(Patterns), One(Resources)) : Some(Resources),
        };
        if (Chance(3))
        {
            rule["resourceNames"] = Some(Names);
        }

        return rule;
    }

    private JsonObject PathRule() => new() { ["verbs"] = Some(Verbs), ["nonResourceURLs"] = Some(PathPatterns) };

    private JsonObject Binding(string? ns, string name)
    {
        var binding = Object($"{Group}/v1", ns is null ? "ClusterRoleBinding" : "RoleBinding", ns, name);
        var clusterRole = ns is null || Chance(2);
        var missing = Chance(7);
        binding["roleRef"] = new JsonObject
        {
            ["apiGroup"] = Group,
            ["kind"] = clusterRole ? "ClusterRole" : "Role",
            ["name"] = missing ? "drawn-missing" : clusterRole && Chance(3) ? One(Aggregated) : $"drawn-{_random.Next(clusterRole ? 12 : 6)}",
        };
        binding["subjects"] = new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Subject(ns))]);
        return binding;
    }

    private JsonObject Subject(string? bindingNamespace) => _random.Next(8) switch
    {
        0 => new JsonObject { ["kind"] = "User", ["apiGroup"] = Group, ["name"] = ServiceAccountNames.UserName(One(Namespaces), One(Accounts)) },
        1 => new JsonObject { ["kind"] = "User", ["apiGroup"] = Group, ["name"] = "jane", ["namespace"] = One(Namespaces) },
        2 => new JsonObject { ["kind"] = "Group", ["apiGroup"] = Group, ["name"] = One(["system:serviceaccounts:drawn-a", "system:serviceaccounts:drawn-b", "ops"]) },
        3 when bindingNamespace is not null => new JsonObject { ["kind"] = "ServiceAccount", ["name"] = One(Accounts) },
        4 when bindingNamespace is not null => new JsonObject { ["kind"] = "ServiceAccount", ["name"] = One(Accounts), ["namespace"] = "" },
        _ => new JsonObject { ["kind"] = "ServiceAccount", ["name"] = One(Accounts), ["namespace"] = One(Namespaces) },
    };

    private static JsonObject Object(string version, string kind, string? ns, string name)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns is not null)
        {
            metadata["namespace"] = ns;
        }

        return new JsonObject { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = metadata };
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string One(string[] of) => of[_random.Next(of.Length)];

    private JsonArray Some(string[] of) => List([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => One(of)).Distinct()]);

    private static JsonArray List(params string[] items) => [.. items.Select(item => (JsonNode)item)];
}
