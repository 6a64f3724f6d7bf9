using System.Text.Json.Nodes;
using KubeSa.Sandbox.Kinds;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Selectors;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>
/// Gathers in every ClusterRole with an aggregationRule the rules of those that its selectors name; what else is written into it is
/// put back.
/// </summary>
internal sealed class ClusterRoleAggregation(SandboxState state) : IController
{
    // A client sees first what it wrote.
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly ResourceType _roles = state.Types.Get("rbac.authorization.k8s.io", "clusterroles");

    public void OnChange(StoreEvent change, IDelayedWork later)
    {
        if (change.Type == _roles)
        {
            later.After(Delay, GatherAll);
        }
    }

    private void GatherAll()
    {
        foreach (var role in state.Store.Snapshot(_roles).From("").Where(role => !role.IsDeleting).ToList())
        {
            if (role.Content()["aggregationRule"]?["clusterRoleSelectors"] is JsonArray selectors)
            {
                Gather(role, selectors);
            }
        }
    }

    private void Gather(StoredObject role, JsonArray selectors)
    {
        var rules = new List<JsonNode>();
        foreach (var selector in selectors.Select(Parse))
        {
            var parts = state.Store.Snapshot(_roles).From("").Where(part => part.Name != role.Name && selector.Matches(part.Labels));
            foreach (var rule in parts.OrderBy(part => part.Name, StringComparer.Ordinal).SelectMany(part => RulesOf(part.Content())))
            {
                if (!rules.Exists(known => JsonNode.DeepEquals(known, rule)))
                {
                    rules.Add(rule);
                }
            }
        }

        var current = RulesOf(role.Content());
        var isSame = current.Count == rules.Count && current.TrueForAll(rule => rules.Exists(other => JsonNode.DeepEquals(rule, other)));
        if (!isSame && state.Store.TryGet(_roles, "", role.Name) is not null)
        {
            state.Store.Update(_roles, "", role.Name, content =>
            {
                content["rules"] = new JsonArray([.. rules.Select(rule => rule.DeepClone())]);
                return content;
            });
        }
    }

    private static List<JsonNode> RulesOf(JsonObject role) => [.. PodDefaults.Objects(role["rules"])];

    /// <summary>The selector of an object as the text that a query would have.</summary>
    private LabelSelector Parse(JsonNode? selector)
    {
        var labels = (selector?["matchLabels"] as JsonObject ?? []).Select(label => $"{label.Key}={label.Value}");
        var expressions = PodDefaults.Objects(selector?["matchExpressions"]).Select(Text);
        return LabelSelector.Parse(string.Join(',', labels.Concat(expressions)), state.ServerVersion);
    }

    private static string Text(JsonObject expression)
    {
        var (key, values) = (expression.Text("key"), string.Join(',', expression["values"] as JsonArray ?? []));
        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => $"{key}",
        };
    }
}
