using System.Security.Cryptography.X509Certificates;
using KubeSa.Api;
using KubeSa.Client.Http;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Identities, keys, token reviews and namespaces; rows 7 and 23.</summary>
public sealed class ServerTests
{
    private const string ServiceAccountToken =
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6c2hvcDp3ZWIiLCJrdWJlcm5ldGVzLmlvIjp7Im5hbWVzcGFjZSI6InNob3AiLCJzZXJ2aWNlYWNjb3VudCI6eyJuYW1lIjoid2ViIiwidWlkIjoidTEifX19.c2ln";

    private static readonly WireReply NoSuchApi = WireReply.Failure(404, "NotFound", "the server could not find the requested resource");
    private static readonly WireReply NoRights = WireReply.Failure(
        403,
        "Forbidden",
        "selfsubjectreviews.authentication.k8s.io is forbidden: User \"system:serviceaccount:shop:web\" cannot create resource \"selfsubjectreviews\" in API group \"authentication.k8s.io\" at the cluster scope",
        """{"group":"authentication.k8s.io","kind":"selfsubjectreviews"}""");

    [Fact]
    public async Task Asks_the_server_who_we_are()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1","metadata":{},"status":{"userInfo":{"username":"system:serviceaccount:team-a:app","uid":"u1",
             "groups":["system:serviceaccounts","system:authenticated"],"extra":{"authentication.kubernetes.io/pod-name":["who-pod"]}}}}
            """) with { Status = 201 });
        var identity = await cluster.Connect().GetIdentityAsync(null, cluster.Call);
        Assert.Equal(("system:serviceaccount:team-a:app", "u1", "SelfSubjectReview"), (identity.UserName, identity.Uid, identity.Source));
        Assert.Equal(["who-pod"], identity.Extra["authentication.kubernetes.io/pod-name"]);
        Assert.Equal(("team-a", "app"), (identity.Namespace, identity.ServiceAccount));
    }

    [Fact]
    public async Task Asks_as_somebody_else_for_one_call_alone()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""{"status":{"userInfo":{"username":"jane"}}}"""));
        var api = cluster.Connect();
        await api.GetIdentityAsync(new Impersonation("jane", ["dev", "ops"]), cluster.Call);
        await api.GetIdentityAsync(null, cluster.Call);
        Assert.Equal("jane", cluster.Server.Requests[0].Header("Impersonate-User"));
        Assert.Equal(["dev", "ops"], cluster.Server.Requests[0].AllOf("Impersonate-Group"));
        Assert.Null(cluster.Server.Requests[1].Header("Impersonate-User"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Falls_back_on_the_tokens_own_words_where_the_server_knows_no_review(int status)
    {
        await using var cluster = new WireCluster(_ => status == 404 ? NoSuchApi : NoRights);
        var file = cluster.Write("token", ServiceAccountToken);
        var identity = await cluster.Connect(o => o with { Token = null, TokenFile = file }).GetIdentityAsync(null, cluster.Call);
        Assert.Equal(("system:serviceaccount:shop:web", "u1", "Token"), (identity.UserName, identity.Uid, identity.Source));
        Assert.Contains("system:serviceaccounts:shop", identity.Groups);
    }

    [Fact]
    public async Task Falls_back_on_the_client_certificates_subject()
    {
        await using var cluster = new WireCluster(_ => NoSuchApi);
        using var certificate = cluster.Authority.IssueClient("O=system:masters, O=dev, CN=jane");
        var pem = cluster.Write("jane.pem", certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var identity = await cluster.Connect(o => o with { Token = null, ClientCertificate = pem }).GetIdentityAsync(null, cluster.Call);
        Assert.Equal(("jane", "Certificate"), (identity.UserName, identity.Source));
        Assert.Equal(["dev", "system:authenticated", "system:masters"], identity.Groups.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Learns_from_the_refusal_who_an_opaque_token_is_and_does_not_guess_without_one()
    {
        await using var refusing = new WireCluster(_ => NoRights);
        var identity = await refusing.Connect().GetIdentityAsync(null, refusing.Call);
        Assert.Equal(("system:serviceaccount:shop:web", "Refusal"), (identity.UserName, identity.Source));
        Assert.Contains("system:serviceaccounts:shop", identity.Groups);
        await using var silent = new WireCluster(_ => WireReply.Failure(403, "Forbidden", "not today"));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => silent.Connect().GetIdentityAsync(null, silent.Call));
        Assert.Equal(FailureKind.Forbidden, failure.Kind);
        Assert.Contains("not today", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_answer_for_somebody_impersonated()
    {
        await using var cluster = new WireCluster(_ => NoSuchApi);
        var file = cluster.Write("token", ServiceAccountToken);
        var api = cluster.Connect(o => o with { Token = null, TokenFile = file });
        await Assert.ThrowsAsync<KubeApiException>(() => api.GetIdentityAsync(new Impersonation("jane", []), cluster.Call));
    }

    [Fact]
    public async Task Asks_for_the_keys_in_whatever_form_they_come()
    {
        await using var cluster = new WireCluster(request => request.Header("Accept") == "*/*"
            ? new WireReply(200, """{"keys":[]}""", "application/jwk-set+json")
            : new WireReply(406, "only application/jwk-set+json"));
        Assert.Equal("""{"keys":[]}""", await cluster.Connect().GetSigningKeysAsync(cluster.Call));
        Assert.Equal("/openid/v1/jwks", cluster.Server.Requests[0].Path);
    }

    [Fact]
    public async Task Says_that_the_keys_may_not_be_seen()
    {
        await using var cluster = new WireCluster(_ => WireReply.Failure(403, "Forbidden", "forbidden: User \"jane\" cannot get path \"/openid/v1/jwks\""));
        var failure = await Assert.ThrowsAsync<KubeApiException>(() => cluster.Connect().GetSigningKeysAsync(cluster.Call));
        Assert.Equal(FailureKind.Forbidden, failure.Kind);
        Assert.Contains("'jane' may not get /openid/v1/jwks", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_23_a_review_without_authenticated_is_a_no_with_its_reason()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"kind":"TokenReview","apiVersion":"authentication.k8s.io/v1","metadata":{},"spec":{"token":"reviewed-token"},"status":{"user":{},"error":"no key"}}
            """));
        var review = await cluster.Connect().ReviewTokenAsync("reviewed-token", [], cluster.Call);
        Assert.False(review.Authenticated);
        Assert.Equal("no key", review.Error);
    }

    [Fact]
    public async Task Row_7_and_23_nothing_of_the_reviewed_token_comes_back()
    {
        await using var cluster = new WireCluster(_ => WireReply.Ok("""
            {"spec":{"token":"reviewed-token","audiences":["vault"]},"status":{"authenticated":true,"user":{"username":"jane"},"audiences":["vault"]}}
            """));
        var review = await cluster.Connect().ReviewTokenAsync("reviewed-token", ["vault"], cluster.Call);
        Assert.Equal((true, "jane"), (review.Authenticated, review.UserName));
        Assert.Equal(["vault"], review.Audiences);
        Assert.DoesNotContain("reviewed-token", review.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"audiences\":[\"vault\"]", cluster.Server.Requests[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Notices, n => n.ToString().Contains("reviewed-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Knows_whether_a_namespace_is_there_or_that_it_may_not_know()
    {
        await using var cluster = new WireCluster(request => request.Path switch
        {
            "/api/v1/namespaces/there" => WireReply.Ok("""{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"there"}}"""),
            "/api/v1/namespaces/gone" => WireReply.Failure(404, "NotFound", "namespaces \"gone\" not found", """{"name":"gone","kind":"namespaces"}"""),
            _ => WireReply.Failure(403, "Forbidden", "no", """{"kind":"namespaces"}"""),
        });
        var api = cluster.Connect();
        Assert.True(await api.NamespaceExistsAsync("there", cluster.Call));
        Assert.False(await api.NamespaceExistsAsync("gone", cluster.Call));
        Assert.Null(await api.NamespaceExistsAsync("hidden", cluster.Call));
    }

    [Fact]
    public async Task Of_warnings_without_end_a_hundred_are_told_and_that_there_are_more()
    {
        var asked = 0;
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Headers = [("Warning", $"299 - \"number {asked++}\"")] });
        var api = cluster.Connect();
        for (var i = 0; i < WarningHandler.MostTexts + 20; i++)
        {
            await api.GetServiceAccountAsync("default", "x", cluster.Call);
        }

        var said = cluster.Notices.OfType<WarningNotice>().Select(notice => notice.Message).ToList();
        Assert.Equal(WarningHandler.MostTexts + 1, said.Count);
        Assert.Contains("no more are shown", said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_a_servers_warning_on_once()
    {
        await using var cluster = new WireCluster(_ => WireReply.Account("default", "x") with { Headers = [("Warning", "299 - \"use \\\"v2\\\" instead\"")] });
        var api = cluster.Connect();
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        await api.GetServiceAccountAsync("default", "x", cluster.Call);
        var warning = Assert.IsType<WarningNotice>(Assert.Single(cluster.Notices));
        Assert.Equal("The API server warns: use \"v2\" instead", warning.Message);
    }
}
