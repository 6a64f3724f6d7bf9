using KubeSa.Analysis.Snapshot;
using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>
/// A walk of the test's own over small drawn universes: whatever one can become by asking the policy alone, request by request, the search
/// must not miss; and what the search calls certain by these requests, the walk must find.
/// </summary>
public sealed class BruteForceTests
{
    private const int Policies = 2000;

    // What the walk does, too. Paths by other ways are not judged by it.
    private static readonly string[] Walked =
        ["HoldsEverything", "TokenRequest", "CreatePods", "CreateWorkload", "CreateTokenSecret", "CreateSecrets", "ReadSecrets", "Impersonate", "BindRole", "PodExec", "EphemeralContainer", "CreateAccount", "EscalateRole"];

    [Fact]
    public void No_account_is_missed_and_none_is_made_up()
    {
        var (reached, wrong) = (0, new List<string>());
        for (var seed = 0; seed < Policies; seed++)
        {
            var drawn = DrawnPolicy.Of(seed);
            var found = PathFinding.Of(drawn, "cluster-admin");
            var walked = new Walk(drawn).Reaches("x", "a");
            reached += walked ? 1 : 0;
            if (walked && found.Count == 0)
            {
                wrong.Add($"{seed}: missed");
            }

            if (!walked && found.Exists(path => path.Certainty == EscalationCertainty.Certain && path.Steps.All(step => Walked.Contains(step.Edge))))
            {
                wrong.Add($"{seed}: made up: {found[0].Route}");
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(reached, Policies / 20, Policies * 19 / 20);
    }

    /// <summary>Somebody, and all he has become so far. Each round tries every request of every identity.</summary>
    private sealed class Walk(AccessSnapshot snapshot)
    {
        private const string Rbac = "rbac.authorization.k8s.io";
        private static readonly string[] Namespaces = ["x", "y", "kube-system"];

        private readonly HashSet<string> _identities = [];
        private readonly HashSet<(string Namespace, string Name)> _existing = [.. snapshot.Accounts.Select(account => (account.Namespace, account.Name))];
        private readonly HashSet<(string Who, string? Namespace, string Role)> _given = [];
        private bool _isAdmin;

        private int Known => _identities.Count + _existing.Count + _given.Count;

        internal bool Reaches(string ns, string name)
        {
            _identities.Add(ServiceAccountNames.UserName(ns, name));
            for (var before = 0; !_isAdmin && before < Known;)
            {
                before = Known;
                foreach (var identity in _identities.ToList())
                {
                    Try(identity);
                }

                Together();
            }

            return _isAdmin;
        }

        private void Try(string me)
        {
            if (May(me, null, "*", "*", "*"))
            {
                _isAdmin = true;
            }

            foreach (var ns in Namespaces)
            {
                if (May(me, ns, "create", "", "serviceaccounts"))
                {
                    // It creates those that bindings wait for.
                    _existing.UnionWith(snapshot.Bindings.SelectMany(binding => binding.Subjects).Select(subject => subject.AsAccount).OfType<(string Namespace, string Name)>().Where(account => account.Namespace == ns));
                }

                var pods = May(me, ns, "create", "", "pods") || May(me, ns, "create", "apps", "deployments") || All(me, ns);
                foreach (var (_, name) in _existing.Where(account => account.Namespace == ns).ToList())
                {
                    if (pods || May(me, ns, "create", "", "serviceaccounts", "token", name))
                    {
                        Become(ns, name);
                    }
                }

                foreach (var name in snapshot.Accounts.Where(account => account.Namespace == ns).Select(account => account.Name).Concat(["ghost"]))
                {
                    if (May(me, ns, "impersonate", "", "serviceaccounts", null, name))
                    {
                        Become(ns, name);
                    }
                }

                foreach (var pod in snapshot.Pods.Where(pod => pod.Namespace == ns && pod.HasOwnToken))
                {
                    if (May(me, ns, "create", "", "pods", "exec", pod.Name) || May(me, ns, "update", "", "pods", "ephemeralcontainers", pod.Name))
                    {
                        Become(ns, pod.ServiceAccount);
                    }
                }
            }

            Impersonate(me);
            Bind(me);
            Escalate(me);
        }

        private static readonly string[] Somebody = ["d", "anybody"];

        private void Impersonate(string me)
        {
            var somebody = May(me, null, "impersonate", "", "users", null, "anybody") || May(me, null, "impersonate", "", "users", null, "jane")
                || Namespaces.Any(ns => Somebody.Any(name => May(me, ns, "impersonate", "", "serviceaccounts", null, name)));
            _isAdmin |= somebody && May(me, null, "impersonate", "", "groups", null, "system:masters");
            if (May(me, null, "impersonate", "", "users", null, "jane"))
            {
                _identities.Add("jane");
            }
        }

        /// <summary>It gives itself each role that it may.</summary>
        private void Bind(string me)
        {
            foreach (var role in snapshot.Roles)
            {
                foreach (var ns in Namespaces.Prepend(null))
                {
                    if (May(me, ns, "create", Rbac, ns is null ? "clusterrolebindings" : "rolebindings") && May(me, ns, "bind", Rbac, "clusterroles", null, role.Name))
                    {
                        _given.Add((me, ns, role.Name));
                    }
                }
            }
        }

        private void Escalate(string me)
        {
            foreach (var binding in Bindings(me).Where(binding => binding.RoleKind == "ClusterRole" && binding.Role != "gone"))
            {
                if (May(me, null, "escalate", Rbac, "clusterroles", null, binding.Role) && (May(me, null, "patch", Rbac, "clusterroles", null, binding.Role) || May(me, null, "update", Rbac, "clusterroles", null, binding.Role)))
                {
                    _isAdmin |= binding.Namespace is null;
                    _existing.Where(account => account.Namespace == binding.Namespace).ToList().ForEach(account => Become(account.Namespace, account.Name));
                }
            }
        }

        /// <summary>One identity makes the Secret, and the same or another reads it.</summary>
        private void Together()
        {
            foreach (var ns in Namespaces)
            {
                if (_identities.Any(me => May(me, ns, "create", "", "secrets"))
                    && _identities.Any(me => May(me, ns, "get", "", "secrets", null, "mine") || May(me, ns, "list", "", "secrets")))
                {
                    _existing.Where(account => account.Namespace == ns).ToList().ForEach(account => Become(ns, account.Name));
                }
            }
        }

        private void Become(string ns, string name) => _identities.Add(ServiceAccountNames.UserName(ns, name));

        private bool All(string me, string ns) => May(me, ns, "*", "*", "*");

        private IEnumerable<RoleBinding> Bindings(string me)
        {
            var groups = ServiceAccountNames.Parse(me) is var (ns, _) ? ServiceAccountNames.Groups(ns) : ["system:authenticated"];
            return snapshot.Bindings.Where(binding => binding.Subjects.Any(subject =>
                subject.Kind == "Group" ? groups.Contains(subject.Name) : subject.AsAccount is var (home, name) ? ServiceAccountNames.UserName(home, name) == me : subject.Name == me))
                .Concat(_given.Where(given => given.Who == me).Select(given => new RoleBinding { Namespace = given.Namespace, Name = "given", RoleKind = "ClusterRole", Role = given.Role }));
        }

        /// <summary>As the authorizer does it: by the binding, its role, and each rule.</summary>
        private bool May(string me, string? ns, string verb, string group, string resource, string? sub = null, string? name = null) =>
            Bindings(me).Where(binding => binding.Namespace is null || binding.Namespace == ns)
                .SelectMany(binding => snapshot.Roles.FirstOrDefault(role => role.Namespace is null && role.Name == binding.Role)?.Rules ?? [])
                .Any(rule => rule.Allows(new AccessRequest(verb) { Group = group, Resource = resource, Subresource = sub, Name = name }));
    }
}
