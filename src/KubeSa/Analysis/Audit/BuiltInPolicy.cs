using System.Security.Cryptography;
using System.Text;
using KubeSa.Api;
using KubeSa.Rbac;

namespace KubeSa.Analysis.Audit;

/// <summary>
/// The roles and bindings that the API server makes by itself, as long as they are as it makes them: anybody with the right to
/// may name a role system:x, give it the server's label, or add a rule to one of the server's, which the server leaves there.
/// </summary>
internal static class BuiltInPolicy
{
    private const string Label = "kubernetes.io/bootstrapping";
    private const string LabelValue = "rbac-defaults";
    private const int DigestLength = 24;

    private static readonly Lazy<Dictionary<string, HashSet<string>>> KnownRoles = new(Read);

    /// <summary>Whether the server itself gives the rule, so: by a binding of its own, to whom it binds, and as it writes it.</summary>
    internal static bool Holds(HeldRule held) => Holds(held.Binding) && held.Role.Labels.GetValueOrDefault(Label) == LabelValue && IsKnown(held.Role, held.Rule);

    /// <summary>Whether a binding is one of the server's own and names nobody else.</summary>
    internal static bool Holds(RoleBinding binding) =>
        binding.Labels.GetValueOrDefault(Label) == LabelValue && binding.Subjects.All(subject => IsOwnSubject(binding, subject));

    /// <summary>Whether a role is one of the server's own, with no rule that is not.</summary>
    internal static bool Holds(RoleDefinition role) => role.Labels.GetValueOrDefault(Label) == LabelValue && role.Rules.All(rule => IsKnown(role, rule));

    /// <summary>What stands for a rule in the table of the server's own.</summary>
    internal static string Digest(RoleRule rule) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(RoleRules.Key(rule))))[..DigestLength].ToLowerInvariant();

    private static bool IsKnown(RoleDefinition role, RoleRule rule) =>
        KnownRoles.Value.TryGetValue(role.Namespace is null ? role.Name : $"{role.Namespace}/{role.Name}", out var rules) && rules.Contains(Digest(rule));

    /// <summary>Whom the server itself binds. Each of its controllers has an account of the role's name in kube-system.</summary>
    private static bool IsOwnSubject(RoleBinding binding, RoleSubject subject) => binding.Role switch
    {
        "cluster-admin" => subject is { Kind: "Group", Name: "system:masters" },
        "system:basic-user" or "system:discovery" => subject is { Kind: "Group", Name: "system:authenticated" },
        "system:public-info-viewer" => subject is { Kind: "Group", Name: "system:authenticated" or "system:unauthenticated" },
        "system:service-account-issuer-discovery" => subject is { Kind: "Group", Name: "system:serviceaccounts" },
        "system:monitoring" => subject is { Kind: "Group", Name: "system:monitoring" },
        "system:node-proxier" => subject is { Kind: "User", Name: "system:kube-proxy" },
        "system:kube-dns" => subject is { Kind: "ServiceAccount", Namespace: "kube-system", Name: "kube-dns" },
        "system:kube-controller-manager" => subject is { Kind: "User", Name: "system:kube-controller-manager" },
        "system:kube-scheduler" or "system:volume-scheduler" => subject is { Kind: "User", Name: "system:kube-scheduler" },
        "extension-apiserver-authentication-reader" or "system::leader-locking-kube-controller-manager" or "system::leader-locking-kube-scheduler" =>
            subject is { Kind: "User", Name: "system:kube-controller-manager" or "system:kube-scheduler" }
            or { Kind: "ServiceAccount", Namespace: "kube-system", Name: "kube-controller-manager" or "kube-scheduler" or "leader-election-controller" },
        var role when role.StartsWith("system:controller:", StringComparison.Ordinal) =>
            subject is { Kind: "ServiceAccount", Namespace: "kube-system" } && subject.Name == role["system:controller:".Length..],
        _ => false,
    };

    private static Dictionary<string, HashSet<string>> Read()
    {
        using var stream = typeof(BuiltInPolicy).Assembly.GetManifestResourceStream("built-in-roles.txt")!;
        using var reader = new StreamReader(stream);
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                known[words[0]] = [.. words[1..]];
            }
        }

        return known;
    }
}
