using Xunit;

namespace KubeSa.Tests.Use;

/// <summary>Where readers of audit logs go wrong, each by what a real server wrote or by an event of that form.</summary>
public sealed class TrapTests
{
    [Fact]
    public void A_real_event_gives_right_binding_pod_node_and_client()
    {
        var use = Assert.Single(Log.Uses(Log.Recorded("28-02")));
        Assert.Equal(("rec-audit", "app", "get", "", "configmaps", "rec-audit", "one"), (use.Namespace, use.ServiceAccount, use.Verb, use.Group, use.Resource, use.Scope, use.Name));
        Assert.Equal((1, true, "RoleBinding rec-audit/all"), (use.Count, use.Allowed, use.Binding));
        Assert.Equal(["p", "node-1", "example-client/1.0"], [.. use.Pods, .. use.Nodes, .. use.UserAgents]);
        Assert.Equal(new DateTime(2026, 11, 25, 16, 55, 35, DateTimeKind.Utc), use.First!.Value.ToUniversalTime().AddTicks(-(use.First.Value.Ticks % TimeSpan.TicksPerSecond)));
    }

    [Theory]
    [InlineData("28-01", "create configmaps in rec-audit")]
    [InlineData("28-03", "list configmaps in rec-audit")]
    [InlineData("28-08", "create configmaps in rec-audit")]
    [InlineData("28-16", "deletecollection configmaps in rec-audit")]
    [InlineData("28-21", "get /version")]
    [InlineData("28-23", "get /apis/apps/v1")]
    [InlineData("28-25", "patch deployments.apps/scale 'web' in rec-audit")]
    [InlineData("28-27", "create pods/eviction 'p' in rec-audit")]
    [InlineData("28-29", "create serviceaccounts/token 'app' in rec-audit")]
    [InlineData("28-30", "create tokenreviews.authentication.k8s.io in the cluster")]
    public void A_recorded_request_is_the_right_that_it_needed(string recording, string right) => Assert.Equal([right], Log.Uses(Log.Recorded(recording)).Select(use => use.Right));

    [Theory]
    [InlineData("28-10", 409)]
    [InlineData("28-11", 409)]
    [InlineData("28-12", 404)]
    [InlineData("28-13", 422)]
    [InlineData("28-14", 400)]
    public void What_failed_behind_the_authorization_was_authorized(string recording, int code)
    {
        Assert.Contains($"\"code\":{code}", Log.Recorded(recording), StringComparison.Ordinal);
        Assert.True(Assert.Single(Log.Uses(Log.Recorded(recording))).Allowed);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, true)]
    [InlineData(409, true)]
    [InlineData(410, true)]
    [InlineData(412, true)]
    [InlineData(422, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    public void Without_a_decision_the_code_tells(int code, bool isAllowed) => Assert.Equal(isAllowed, Assert.Single(Log.Uses(Log.Event("get", decision: null, code: code))).Allowed);

    [Fact]
    public void An_admission_that_refuses_with_403_comes_after_the_authorization() => Assert.All(Log.Uses(Log.Recorded("28-47")), use => Assert.True(use.Allowed));

    [Theory]
    [InlineData("28-17", "list secrets in rec-audit")]
    [InlineData("28-18", "list nodes in the cluster")]
    [InlineData("28-19", "get secrets 'x' in absent")]
    [InlineData("28-22", "get /metrics")]
    public void What_was_refused_is_told_apart(string recording, string right)
    {
        var use = Assert.Single(Log.Uses(Log.Recorded(recording)));
        Assert.Equal((right, false), (use.Right, use.Allowed));
    }

    [Fact]
    public void A_use_that_was_refused_once_and_allowed_later_is_two_rows()
    {
        var uses = Log.Uses(Log.Event("get", decision: "forbid", code: 403), Log.Event("get"), Log.Event("get"));
        Assert.Equal([(true, 2L), (false, 1L)], uses.Select(use => (use.Allowed, use.Count)));
    }

    [Theory]
    [InlineData("28-07")]
    [InlineData("28-26")]
    public void A_request_with_a_start_and_an_end_counts_once(string recording) => Assert.All(Log.Uses(Log.Recorded(recording)), use => Assert.Equal(1, use.Count));

    [Fact]
    public void Of_a_watch_the_end_may_come_days_and_many_requests_later()
    {
        var others = Enumerable.Range(0, 3000).Select(_ => Log.Event("get"));
        var uses = Log.Uses([Log.Event("watch", id: "a", stage: "ResponseStarted"), .. others, Log.Event("watch", id: "a", time: "2026-11-05T10:00:00Z"), Log.Event("watch", id: "b")]);
        Assert.Equal(2, Assert.Single(uses, use => use.Verb == "watch").Count);
    }

    [Fact]
    public void Two_servers_that_log_one_request_count_once()
    {
        var line = Log.Event("get", id: "same");
        Assert.Equal(1, Assert.Single(Log.Uses(line, Log.Event("list"), line), use => use.Verb == "get").Count);
    }

    [Fact]
    public void An_id_that_a_client_chose_hides_no_other_request() =>
        Assert.Equal(["get", "list"], Log.Uses(Log.Event("get", id: "same"), Log.Event("list", id: "same")).Select(use => use.Verb).Order());

    [Fact]
    public void A_request_that_only_arrived_has_no_decision_and_does_not_count() => Assert.Empty(Log.Uses(Log.Event("get", stage: "RequestReceived", decision: null, code: 0)));

    [Fact]
    public void A_panic_counts_by_what_was_decided() => Assert.True(Assert.Single(Log.Uses(Log.Event("get", stage: "Panic", code: 500))).Allowed);

    [Fact]
    public void An_apply_that_created_needed_create_as_well()
    {
        var uses = Log.Uses(Log.Recorded("28-06"));
        Assert.Equal(["create configmaps in rec-audit", "patch configmaps 'two' in rec-audit"], uses.Select(use => use.Right).Order());
        Assert.Contains("created the object", uses.Single(use => use.Verb == "create").Reason, StringComparison.Ordinal);
        Assert.Null(uses.Single(use => use.Verb == "patch").Reason);
        Assert.Equal(["update"], Log.Uses(Log.Event("update", name: "x")).Select(use => use.Verb));
        Assert.Equal(["create", "update"], Log.Uses(Log.Event("update", name: "x", code: 201)).Select(use => use.Verb).Order());
    }

    [Fact]
    public void A_command_by_WebSocket_is_a_get_and_needs_create_on_newer_servers()
    {
        var uses = Log.Uses(Log.Recorded("28-28"));
        Assert.Equal([("create", 1L), ("get", 1L)], uses.Select(use => (use.Verb, use.Count)).Order());
        Assert.Contains("1.35", uses.Single(use => use.Verb == "create").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Impersonation_counts_for_both()
    {
        var uses = Log.Uses(Log.Recorded("28-32"));
        Assert.Equal(
            ["kubernetes-admin: impersonate serviceaccounts 'app' in rec-audit, 1 times", "rec-audit/app: list configmaps in rec-audit, 1 times"],
            uses.Select(use => use.ToString()).Order());
        var groups = Log.Uses(Log.Recorded("28-33"));
        Assert.Equal(
            ["impersonate groups 'devs' in the cluster", "impersonate userextras.authentication.k8s.io/scopes 'all' in the cluster", "impersonate users 'jane' in the cluster"],
            groups.Where(use => use.UserName == "kubernetes-admin").Select(use => use.Right).Order());
        Assert.False(groups.Single(use => use.UserName == "jane").Allowed);
    }

    [Fact]
    public void The_pod_of_an_impersonator_is_not_that_of_whom_it_acts_as()
    {
        var uses = Log.Uses(Log.Event("list", user: "system:serviceaccount:ops:bot", pod: "bot-1", more: $",\"impersonatedUser\":{{\"username\":\"{Log.App}\"}}"));
        Assert.Equal(["bot-1"], uses.Single(use => use.ServiceAccount == "bot").Pods);
        Assert.Empty(uses.Single(use => use.ServiceAccount == "app").Pods);
    }

    [Fact]
    public void A_refused_impersonation_is_no_use_of_what_was_to_be_done()
    {
        var use = Assert.Single(Log.Uses(Log.Recorded("28-34")));
        Assert.Equal(("impersonate", false), (use.Verb, use.Allowed));
    }

    [Fact]
    public void Constrained_impersonation_needs_its_own_rights()
    {
        var uses = Log.Uses(Log.Event(
            "list", user: "system:serviceaccount:ops:bot", more: ",\"impersonatedUser\":{\"username\":\"jane\"},\"authenticationMetadata\":{\"impersonationConstraint\":\"impersonate:user-info\"}"));
        Assert.Equal(
            ["impersonate-on:user-info:list pods in team-a", "impersonate:user-info users.authentication.k8s.io 'jane' in the cluster"],
            uses.Where(use => use.ServiceAccount == "bot").Select(use => use.Right).Order());
    }

    [Theory]
    [InlineData("28-37")]
    [InlineData("28-48")]
    [InlineData("28-49")]
    public void Who_was_not_authenticated_is_counted_and_is_nobody(string recording)
    {
        var aggregate = Log.Read(Log.Recorded(recording));
        Assert.Empty(aggregate.Uses);
        Assert.Equal(1, aggregate.Coverage.Unauthenticated);
    }

    [Fact]
    public void The_query_is_no_part_of_a_path()
    {
        var uses = Log.Uses(Log.Event("get", null, uri: "/metrics?x=1\\u0026y=2"), Log.Event("get", null, uri: "/metrics"), Log.Event("get", null, uri: "/metr\\u0069cs?x=2"));
        Assert.Equal(("/metrics", 3L), (Assert.Single(uses).Path, uses[0].Count));
    }

    [Fact]
    public void HEAD_is_get_for_a_resource_and_head_for_a_path()
    {
        Assert.Equal("get", Assert.Single(Log.Uses(Log.Event("head", name: "x"))).Verb);
        Assert.Equal("head", Assert.Single(Log.Uses(Log.Event("head", null, uri: "/healthz"))).Verb);
    }

    [Fact]
    public void A_namespace_lives_in_itself()
    {
        var use = Assert.Single(Log.Uses(Log.Event("get", "namespaces", name: "team-a", ns: "team-a")));
        Assert.Equal(("team-a", "team-a"), (use.Scope, use.Name));
    }

    [Fact]
    public void Two_namespaces_stay_two() => Assert.Equal(["a", "b"], Log.Uses(Log.Event("get", ns: "a"), Log.Event("get", ns: "b")).Select(use => use.Scope).Order());

    [Fact]
    public void A_create_has_no_name_although_its_event_has() => Assert.Null(Assert.Single(Log.Uses(Log.Recorded("28-01"))).Name);

    [Fact]
    public void A_list_with_a_name_was_a_list_of_that_one()
    {
        var uses = Log.Uses(Log.Recorded("28-46"));
        Assert.Equal("one", uses.Single(use => use.Verb == "list").Name);
        Assert.Equal(5, uses.Sum(use => use.Count));
    }

    [Fact]
    public void Tokens_that_never_expire_and_stale_ones_are_counted()
    {
        var use = Assert.Single(Log.Uses(Log.Recorded("28-40")));
        Assert.Equal((1L, "old-token"), (use.LegacyTokenCount, Assert.Single(use.LegacyTokenSecrets)));
        Assert.Equal(1, Assert.Single(Log.Uses(Log.Recorded("28-40", "1.20"))).LegacyTokenCount);
        Assert.Equal(1, Assert.Single(Log.Uses(Log.Event("get", decision: null, more: ",\"annotations\":{\"authentication.k8s.io/stale-token\":\"subject: x, seconds after warning threshold: 9\"}"))).StaleTokenCount);
    }
}
