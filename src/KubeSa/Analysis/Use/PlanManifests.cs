using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Api;

namespace KubeSa.Analysis.Use;

/// <summary>The roles and bindings of a plan, as data for the matcher and as manifests for the server.</summary>
internal static class PlanManifests
{
    internal const string ManagedBy = "app.kubernetes.io/managed-by";
    internal const string Manager = "KubeSa";
    private const string Group = "rbac.authorization.k8s.io";
    private const int LongestProof = 1000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static RoleDefinition Role(string? ns, string name, IReadOnlyList<PlannedRule> rules) => new(ns, name, [.. rules.Select(rule => rule.Rule)]);

    internal static RoleBinding Binding(string? ns, string name, string accountNamespace, string account) => new()
    {
        Namespace = ns,
        Name = name,
        RoleKind = ns is null ? "ClusterRole" : "Role",
        Role = name,
        Subjects = [RoleSubject.Account(accountNamespace, account)],
    };

    internal static AccessPlanObject CreateRole(RoleDefinition role, IReadOnlyList<PlannedRule> rules, string account)
    {
        var annotations = new JsonObject { ["kubesa/account"] = account };
        for (var i = 0; i < rules.Count; i++)
        {
            var proof = rules[i].Proof;
            annotations[string.Create(CultureInfo.InvariantCulture, $"kubesa/proof-{i}")] = proof.Length > LongestProof ? proof[..LongestProof] : proof;
        }

        var kind = role.Namespace is null ? "ClusterRole" : "Role";
        var manifest = Head(kind, role.Namespace, role.Name, annotations);
        manifest["rules"] = new JsonArray([.. role.Rules.Select(rule => (JsonNode)Fields(rule))]);
        return new AccessPlanObject
        {
            Action = AccessPlanAction.Create,
            Kind = kind,
            Namespace = role.Namespace,
            Name = role.Name,
            Manifest = manifest.ToJsonString(Plain),
            Reason = $"holds what {account} used {(role.Namespace is null ? "in the whole cluster" : $"in {role.Namespace}")}",
        };
    }

    internal static AccessPlanObject CreateBinding(RoleBinding binding, string account)
    {
        var subject = binding.Subjects[0];
        var manifest = Head(binding.Kind, binding.Namespace, binding.Name, new JsonObject { ["kubesa/account"] = account });
        manifest["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = binding.RoleKind, ["name"] = binding.Role };
        manifest["subjects"] = new JsonArray(new JsonObject { ["kind"] = subject.Kind, ["name"] = subject.Name, ["namespace"] = subject.Namespace });
        return new AccessPlanObject
        {
            Action = AccessPlanAction.Create,
            Kind = binding.Kind,
            Namespace = binding.Namespace,
            Name = binding.Name,
            Manifest = manifest.ToJsonString(Plain),
            Reason = $"gives {binding.RoleKind} {binding.Role} to {account}",
        };
    }

    /// <summary>A binding that is taken away, as far as a snapshot knows it; the server's own text is read before it is changed.</summary>
    internal static AccessPlanObject Remove(RoleBinding binding, AccessPlanAction action, string reason)
    {
        var manifest = Head(binding.Kind, binding.Namespace, binding.Name, []);
        manifest["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = binding.RoleKind, ["name"] = binding.Role };
        return new AccessPlanObject
        {
            Action = action,
            Kind = binding.Kind,
            Namespace = binding.Namespace,
            Name = binding.Name,
            Uid = binding.Uid,
            Manifest = manifest.ToJsonString(Plain),
            Reason = reason,
        };
    }

    private static JsonObject Head(string kind, string? ns, string name, JsonObject annotations)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns is not null)
        {
            metadata["namespace"] = ns;
        }

        if (annotations.Count > 0)
        {
            metadata["labels"] = new JsonObject { [ManagedBy] = Manager };
            metadata["annotations"] = annotations;
        }

        return new JsonObject { ["apiVersion"] = $"{Group}/v1", ["kind"] = kind, ["metadata"] = metadata };
    }

    private static JsonObject Fields(RoleRule rule)
    {
        var fields = new JsonObject();
        foreach (var (name, values) in new[]
        {
            ("apiGroups", rule.ApiGroups), ("resources", rule.Resources), ("resourceNames", rule.ResourceNames), ("nonResourceURLs", rule.NonResourceUrls), ("verbs", rule.Verbs),
        })
        {
            if (values.Count > 0)
            {
                fields[name] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
            }
        }

        return fields;
    }
}
