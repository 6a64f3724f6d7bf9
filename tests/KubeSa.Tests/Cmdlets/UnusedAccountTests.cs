using KubeSa.Api;
using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>What speaks for the use of an account that nobody runs as. Each row is a reason of its own.</summary>
public sealed class UnusedAccountTests
{
    private static readonly LookupResult Seen = new("pods", null);

    [Theory]
    [InlineData("kube-system", "deployment-controller", "a controller of the control plane acts as it")]
    [InlineData("kube-system", "some-future-controller", "a controller of the control plane acts as it")]
    [InlineData("kube-system", "generic-garbage-collector", "a controller of the control plane acts as it")]
    [InlineData("kube-system", "horizontal-pod-autoscaler", "a controller of the control plane acts as it")]
    [InlineData("kube-system", "root-ca-cert-publisher", "a controller of the control plane acts as it")]
    [InlineData("ns", "deployment-controller", null)]
    [InlineData("ns", "default", "pods that name no account run as it")]
    [InlineData("kube-system", "mine", null)]
    public void The_clusters_own_accounts_are_not_called_unused(string ns, string name, string? reason) =>
        AssertReason(reason, UnusedAccount.Judge(name, "u", Around(ns)));

    [Theory]
    [InlineData(null, "ServiceAccount", "ns", "app", "it has rights by ClusterRoleBinding b")]
    [InlineData("other", "ServiceAccount", "ns", "app", "it has rights by RoleBinding other/b")]
    [InlineData("ns", "User", null, "system:serviceaccount:ns:app", "it has rights by RoleBinding ns/b")]
    [InlineData("ns", "ServiceAccount", "other", "app", null)]
    [InlineData("ns", "User", null, "app", null)]
    [InlineData("ns", "Group", null, "system:serviceaccounts:ns", null)]
    public void A_binding_that_names_the_account_speaks_for_its_use(string? bindingNamespace, string kind, string? ns, string name, string? reason)
    {
        var binding = new RoleBinding { Namespace = bindingNamespace, Name = "b", RoleKind = "ClusterRole", Role = "view", Subjects = [new RoleSubject(kind, ns, name)] };
        AssertReason(reason, UnusedAccount.Judge("app", "u", Around("ns", bindings: [binding])));
    }

    [Theory]
    [InlineData("app-key", "u", null, null, "there are tokens of it in Secret app-key")]
    [InlineData("app-key", "u", "2026-11-01", null, "Secret app-key (last used 2026-11-01)")]
    [InlineData("app-key", null, null, null, "there are tokens of it in Secret app-key")]
    [InlineData("app-token-x7c5z", "u", "2026-11-01", null, "Secret app-token-x7c5z (last used 2026-11-01)")]
    [InlineData("app-token-x7c5z", "u", null, null, null)] // Made by the server for every account, and never used.
    [InlineData("app-token-mine", "u", null, null, "there are tokens of it in Secret app-token-mine")]
    [InlineData("app-key", "predecessor", null, null, null)]
    [InlineData("app-key", "u", "2025-01-01", "2026-01-01", null)]
    public void A_token_Secret_that_counts_speaks_for_its_use(string secret, string? uid, string? lastUsed, string? invalidSince, string? reason)
    {
        var document = new SecretDocument
        {
            Namespace = "ns",
            Name = secret,
            Annotations = Entries((TokenSecretMarks.Account, "app"), (TokenSecretMarks.AccountUid, uid)),
            Labels = Entries((TokenSecretMarks.LastUsed, lastUsed), (TokenSecretMarks.InvalidSince, invalidSince)),
        };
        AssertReason(reason, UnusedAccount.Judge("app", "u", Around("ns", secrets: [document])));
        AssertReason(null, UnusedAccount.Judge("other", "u", Around("ns", secrets: [document])));
    }

    [Theory]
    [InlineData(FailureKind.Forbidden, "Unknown, for they may not be looked at: token Secrets.")]
    [InlineData(FailureKind.TimedOut, "token Secrets (TimedOut)")]
    public void What_could_not_be_looked_at_is_unknown_and_not_none(FailureKind kind, string said)
    {
        var around = Around("ns") with { Looks = [Seen, new LookupResult("token Secrets", new KubeApiException(kind, "no"))] };
        var line = UnusedAccount.Judge("app", "u", around)!;
        Assert.Null(line.IsUsed);
        Assert.Equal(["pods"], line.LookedAt);
        Assert.Single(line.Unknown);
        Assert.Contains(said, line.Why, StringComparison.Ordinal);
        Assert.Equal("ns/app: uncertain", line.ToString());
    }

    [Fact]
    public void Who_is_used_gets_no_line() => Assert.Null(UnusedAccount.Judge(
        "app", "u", Around("ns") with { Usage = new NamespaceUsage("ns", [], [new PodUse("ReplicationController", "rc", "app")]) }));

    private static void AssertReason(string? reason, ServiceAccountUsage? line)
    {
        Assert.NotNull(line);
        Assert.Equal(reason is null ? false : null, line.IsUsed);
        Assert.Contains(reason ?? "No binding names it", line.Why, StringComparison.Ordinal);
        Assert.Equal(reason is null, line.Why!.Contains("cannot be seen", StringComparison.Ordinal));
    }

    private static AccountSurroundings Around(string ns, SecretDocument[]? secrets = null, RoleBinding[]? bindings = null) =>
        new(ns, new NamespaceUsage(ns, [], []), secrets ?? [], bindings ?? [], [Seen]);

    private static Dictionary<string, string> Entries(params (string Key, string? Value)[] entries) =>
        entries.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!);
}
