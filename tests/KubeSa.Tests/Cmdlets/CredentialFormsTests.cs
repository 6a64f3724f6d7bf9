using System.Text.Json.Nodes;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Tokens in the shapes in which people have them: read by every cmdlet that takes tokens, from a text, from lines and from a file.</summary>
public sealed class CredentialFormsTests : IDisposable
{
    private readonly HostedEngine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-forms-").FullName;

    public static TheoryData<string> Certain =>
    [
        "the token", "Bearer", "base64", "wrapped base64", "TokenRequest", "TokenRequest as YAML", "ExecCredential", "data", "decoded data",
        "data as a Go map", "describe", "Secret", "List", "kubeconfig", "kubeconfig as JSON",
    ];

    public static TheoryData<string, string> Uncertain => new()
    {
        { "words", "There is not a token here.\nNor here.\nNor here." },
        { "numbered", "1: a\n2: b\n- c\n" },
        { "broken", "{ \"kind\": \"Secret\",\n \"data\":\n" },
        { "other", "kind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: web\n" },
        { "asked", "{\"kind\":\"TokenRequest\",\n\"spec\":{\"audiences\":[\"a\"]}\n}" },
        { "certificates", "kind: Config\nusers:\n- name: a\n  user:\n    client-certificate-data: QQ==\n" },
    };

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Certain))]
    public void A_token_is_read_where_its_meaning_is_certain(string form)
    {
        var text = Text(form);
        var file = Path.Combine(_folder, "in");
        File.WriteAllText(file, text + "\n\n");
        foreach (var command in new[] { "ConvertFrom-KubeServiceAccountToken", "ConvertFrom-SaTokenSecret" })
        {
            Assert.Equal(["legacy"], Accounts($"param($text) $text | {command}", text));
            Assert.Equal(["legacy"], Accounts($"param($text) $text -split \"`n\" | {command}", text));
            Assert.Equal(["legacy"], Accounts($"param($text) {command} $text", text));
            Assert.Equal(["legacy"], Accounts($"param($file) {command} -LiteralPath $file", file));
        }
    }

    [Theory]
    [MemberData(nameof(Uncertain))]
    public void Anything_else_is_one_error_for_the_whole(string form, string text)
    {
        Assert.NotEmpty(form);
        foreach (var (command, id) in new[] { ("ConvertFrom-KubeServiceAccountToken", "InvalidToken"), ("ConvertFrom-SaTokenSecret", "Invalid") })
        {
            foreach (var script in new[] { $"param($text) $text | {command}", $"param($text) $text -split \"`n\" | {command}" })
            {
                var result = _engine.Run(script, text);
                Assert.Empty(result.Output);
                Assert.StartsWith(id, Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("$o = @{ kind = 'TokenRequest'; status = @{ token = $t } }")]
    [InlineData("$o = [pscustomobject]@{ kind = 'TokenRequest'; status = [pscustomobject]@{ token = $t } }")]
    [InlineData("$o = [pscustomobject]@{ kind = 'Config'; users = @([pscustomobject]@{ name = 'a'; user = [pscustomobject]@{ token = $t } }) }")]
    [InlineData("$o = [pscustomobject]@{ token = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($t)); namespace = 'dGVhbS1h' }")]
    public void Objects_of_ConvertFrom_Json_are_read_as_the_text_is(string make)
    {
        Assert.Equal(["legacy"], Accounts($"param($t) {make}; $o | ConvertFrom-KubeServiceAccountToken", RecordedSecret.Token));
        Assert.Equal(["legacy"], Accounts($"param($t) {make}; $o | ConvertFrom-SaTokenSecret", RecordedSecret.Token));
    }

    [Fact]
    public void Each_line_that_is_a_token_is_one_and_what_is_none_is_told_in_its_place()
    {
        var result = _engine.Run("param($t) $t, 'rubbish', $t, '', $t | ConvertFrom-KubeServiceAccountToken", RecordedSecret.Token);
        Assert.Equal(3, result.As<TokenInfo>().Count);
        Assert.Single(result.Errors);
    }

    [Fact]
    public void A_list_is_read_for_its_tokens_and_the_others_are_counted()
    {
        var (other, map) = (RecordedSecret.New("opaque"), RecordedSecret.New("map"));
        (other["type"], map["kind"]) = ("Opaque", "ConfigMap");
        var list = new JsonObject { ["kind"] = "List", ["items"] = new JsonArray(RecordedSecret.New("a"), other, map, RecordedSecret.New("b")) }.ToJsonString();
        foreach (var script in new[] { "param($l) $l | ConvertFrom-SaTokenSecret -Verbose -ErrorAction Stop", "param($l) $l | ConvertFrom-KubeServiceAccountToken" })
        {
            Assert.Equal(2, _engine.Run(script, list).RequireNoErrors().Output.Count);
        }

        Assert.Contains(_engine.Run("param($l) $l | ConvertFrom-SaTokenSecret -Verbose", list).Verbose, line => line.Contains("Skipped 2 objects", StringComparison.Ordinal) && line.Contains("1 ConfigMap, 1 Opaque", StringComparison.Ordinal));
        _engine.Run("param($l) $l | ConvertFrom-SaTokenSecret", other.ToJsonString()).RequireError("SecretNotTokenType");
    }

    [Fact]
    public void A_print_out_of_describe_tells_the_name_and_the_account()
    {
        var secret = Assert.Single(_engine.Run("param($t) $t | ConvertFrom-SaTokenSecret", Text("describe")).RequireNoErrors().As<TokenSecret>());
        Assert.Equal(("team-a", "manual-token", "legacy", "u-1"), (secret.Namespace, secret.Name, secret.ServiceAccount, secret.ServiceAccountUid));
    }

    private IEnumerable<string?> Accounts(string script, string argument) =>
        _engine.Run(script, argument).RequireNoErrors().Output.Select(item => item.Properties["ServiceAccount"].Value?.ToString());

    private static string Text(string form)
    {
        var (secret, token) = (RecordedSecret.New(), RecordedSecret.Token);
        var encoded = System.Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token));
        var data = secret["data"]!.AsObject();
        return form switch
        {
            "the token" => token,
            "Bearer" => $"Bearer {token}",
            "base64" => encoded,
            "wrapped base64" => string.Join('\n', encoded.Chunk(76).Select(line => new string(line))),
            "TokenRequest" => $$"""
                {
                    "kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1",
                    "metadata": { "name": "legacy", "namespace": "team-a", "creationTimestamp": null },
                    "status": {
                        "token": "{{token}}",
                        "expirationTimestamp": "2026-11-25T17:24:13Z"
                    }
                }
                """,
            "TokenRequest as YAML" => $"apiVersion: authentication.k8s.io/v1\nkind: TokenRequest\nmetadata:\n  name: legacy\nstatus:\n  token: {token}\n",
            "ExecCredential" => $$$"""{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"{{{token}}}"}}""",
            "data" => data.ToJsonString(),
            "decoded data" => new JsonObject { ["token"] = token, ["namespace"] = data["namespace"]!.DeepClone() }.ToJsonString(),
            "data as a Go map" => $"map[{string.Join(' ', data.Select(entry => $"{entry.Key}:{entry.Value}"))}]",
            "describe" => $"Name:         manual-token\nNamespace:    team-a\nLabels:       <none>\nAnnotations:  kubernetes.io/service-account.name: legacy\n"
                + $"              kubernetes.io/service-account.uid: u-1\n\nType:  kubernetes.io/service-account-token\n\nData\n====\nca.crt:     1147 bytes\nnamespace:  6 bytes\ntoken:      {token}\n",
            "Secret" => RecordedSecret.Yaml("a"),
            "List" => new JsonObject { ["kind"] = "List", ["items"] = new JsonArray(secret) }.ToJsonString(),
            "kubeconfig" => $"apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster:\n    server: https://a\n    certificate-authority-data: {data["ca.crt"]}\n"
                + $"contexts:\n- name: x\n  context: {{ cluster: c, user: u }}\nusers:\n- name: u\n  user:\n    token: {token}\n",
            _ => $$$"""{"kind":"Config","apiVersion":"v1","users":[{"name":"u","user":{"token":"{{{token}}}"}}]}""",
        };
    }
}
