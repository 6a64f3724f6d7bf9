using System.Text.Json.Nodes;
using Xunit;

namespace KubeSa.Contract.Kubectl;

/// <summary><c>kubectl create token</c>, and what its tokens are good for.</summary>
public sealed class TokenCommandTests
{
    private const int CreateTokenSince = 24;

    public static IEnumerable<TheoryDataRow<string?>> Kubectls() => KubectlProgram.Rows();

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Lives_as_long_as_asked_and_for_whom(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, sinceMinor: CreateTokenSince);

        var claims = ClaimsOf(await session.ReadAsync("create token builder -n team-a --duration=30m --audience=vault --audience=ci"));

        Assert.Equal(1800, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal("""["vault","ci"]""", claims["aud"]!.ToJsonString());
        Assert.Equal("system:serviceaccount:team-a:builder", (string?)claims["sub"]);
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Is_bound_to_a_pod(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, sinceMinor: CreateTokenSince);
        await session.ReadAsync("create -f -", """
            { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "build", "namespace": "team-a" },
              "spec": { "serviceAccountName": "builder", "containers": [{ "name": "main", "image": "example.com/build" }] } }
            """);

        var claims = ClaimsOf(await session.ReadAsync("create token builder -n team-a --bound-object-kind=Pod --bound-object-name=build"));

        Assert.Equal("build", (string?)claims["kubernetes.io"]!["pod"]!["name"]);
        Assert.Equal(await session.ReadAsync("get pod build -n team-a -o jsonpath={.metadata.uid}"), (string?)claims["kubernetes.io"]!["pod"]!["uid"]);
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Opens_the_server_for_its_account_alone(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, sinceMinor: CreateTokenSince);
        var token = session.Files.Token(await session.ReadAsync("create token reader -n team-a"));

        Assert.StartsWith("NAME ", await session.ReadAsync("get pods -n team-a", kubeConfig: token));
        Assert.Equal(
            "Error from server (Forbidden): secrets is forbidden: User \"system:serviceaccount:team-a:reader\" cannot list resource \"secrets\" in API group \"\" in the namespace \"team-a\"",
            await session.FailAsync("get secrets -n team-a", kubeConfig: token));
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task In_a_Secret_signed_with_a_retired_key_opens_nothing(string? kubectl)
    {
        await using var session = await KubectlSession.OrSkipAsync(kubectl, "retired-key");
        var secret = await session.ReadAsync("get sa default -n kube-system -o jsonpath={.secrets[0].name}");
        var encoded = await session.ReadAsync($"get secret {secret} -n kube-system -o jsonpath={{.data.token}}");
        var pods = await session.ReadAsync("get pods --all-namespaces --no-headers");

        var error = await session.FailAsync("get pods -A", kubeConfig: session.Files.Token(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(encoded))));

        Assert.EndsWith("error: You must be logged in to the server (Unauthorized)", error);
        Assert.Equal(14, pods.Split('\n').Length);
        Assert.Contains($"Tokens:              {secret}", await session.ReadAsync("describe sa default -n kube-system"));
    }

    private static JsonNode ClaimsOf(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))!;
    }
}
