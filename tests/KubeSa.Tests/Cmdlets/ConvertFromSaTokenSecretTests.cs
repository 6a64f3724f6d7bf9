using System.Management.Automation;
using System.Security;
using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class ConvertFromSaTokenSecretTests : IDisposable
{
    private const string Convert = "param($in) $in | ConvertFrom-SaTokenSecret";
    private readonly HostedEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Decodes_a_secret_as_a_real_server_gives_it()
    {
        var secret = Assert.Single(_engine.Run(Convert, RecordedSecret.New().ToJsonString()).RequireNoErrors().As<TokenSecret>());
        Assert.Equal("team-a/manual-token", secret.ToString());
        Assert.Equal("legacy", secret.ServiceAccount);
        Assert.Equal("team-a", secret.TokenNamespace);
        Assert.IsType<SecureString>(secret.Token);
        Assert.Equal(TokenKind.Legacy, secret.Info!.Kind);
        Assert.Equal("system:serviceaccount:team-a:legacy", secret.Info.UserName);
        Assert.Single(secret.CaCertificates);
        Assert.Equal(DateTimeKind.Local, secret.CreationTimestamp!.Value.Kind);
    }

    [Fact]
    public void Gives_the_token_as_a_string_only_when_asked()
    {
        var plain = _engine.Run(Convert + " -AsPlainText", RecordedSecret.New().ToJsonString()).RequireNoErrors().As<TokenSecret>();
        Assert.Equal(RecordedSecret.Token, Assert.IsType<string>(Assert.Single(plain).Token));
    }

    [Fact]
    public void Puts_the_lines_of_a_native_command_together()
    {
        var indented = RecordedSecret.New().ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
        Assert.Single(_engine.Run(Convert, [indented.Split('\n')]).RequireNoErrors().As<TokenSecret>());
        Assert.Single(_engine.Run(Convert, [RecordedSecret.Yaml("a").Split('\n')]).RequireNoErrors().As<TokenSecret>());
    }

    [Fact]
    public void Takes_each_line_of_json_lines_and_each_raw_file_for_a_text_of_its_own()
    {
        var texts = new[] { RecordedSecret.New("a").ToJsonString(), "{ \"kind\": ", RecordedSecret.Yaml("c") };
        var lines = _engine.Run(Convert, [new[] { texts[0], RecordedSecret.New("b").ToJsonString() }]).RequireNoErrors();
        Assert.Equal(["a", "b"], lines.As<TokenSecret>().Select(s => s.Name));
        var files = _engine.Run(Convert, [new[] { RecordedSecret.Yaml("a"), RecordedSecret.Yaml("b") }]).RequireNoErrors();
        Assert.Equal(["a", "b"], files.As<TokenSecret>().Select(s => s.Name));
    }

    [Fact]
    public void Reads_several_yaml_documents_and_lists()
    {
        var yaml = $"{RecordedSecret.Yaml("a")}\n---\n# nothing here\n---\n{RecordedSecret.Yaml("b")}\n";
        Assert.Equal(["a", "b"], _engine.Run(Convert, yaml).RequireNoErrors().As<TokenSecret>().Select(s => s.Name));

        var list = new JsonObject { ["kind"] = "List", ["items"] = new JsonArray(RecordedSecret.New("c"), RecordedSecret.New("d")) };
        Assert.Equal(["c", "d"], _engine.Run(Convert, list.ToJsonString()).RequireNoErrors().As<TokenSecret>().Select(s => s.Name));
    }

    [Fact]
    public void Says_which_secret_is_of_another_type_and_goes_on_with_the_next()
    {
        var other = RecordedSecret.New("opaque");
        other["type"] = "Opaque";
        var result = _engine.Run(Convert, [new[] { RecordedSecret.New("a").ToJsonString(), other.ToJsonString(), RecordedSecret.New("b").ToJsonString() }]);
        var error = result.RequireError("SecretNotTokenType");
        Assert.Equal("SecretNotTokenType,KubeSa.Cmdlets.ConvertFromSaTokenSecretCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Equal("team-a/opaque", error.TargetObject);
        Assert.Equal(["a", "b"], result.As<TokenSecret>().Select(s => s.Name));
    }

    [Fact]
    public void Reads_objects_and_hashtables_as_ConvertFrom_Json_makes_them()
    {
        var data = new PSObject();
        data.Properties.Add(new PSNoteProperty("token", (string)RecordedSecret.New()["data"]!["token"]!));
        var metadata = new PSObject();
        metadata.Properties.Add(new PSNoteProperty("name", "typed"));
        metadata.Properties.Add(new PSNoteProperty("namespace", "team-a"));
        metadata.Properties.Add(new PSNoteProperty("creationTimestamp", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)));
        var secret = new PSObject();
        secret.Properties.Add(new PSNoteProperty("kind", "Secret"));
        secret.Properties.Add(new PSNoteProperty("type", RecordedSecret.Type));
        secret.Properties.Add(new PSNoteProperty("metadata", metadata));
        secret.Properties.Add(new PSNoteProperty("data", data));
        var list = new PSObject();
        list.Properties.Add(new PSNoteProperty("kind", "List"));
        list.Properties.Add(new PSNoteProperty("items", new object[] { secret, secret }));

        var read = _engine.Run(Convert, list).RequireNoErrors().As<TokenSecret>();
        Assert.Equal(["typed", "typed"], read.Select(s => s.Name));
        Assert.Equal("legacy", read[0].Info!.ServiceAccount);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), read[0].CreationTimestamp!.Value.ToUniversalTime());

        var table = $"@{{ kind = 'Secret'; type = '{RecordedSecret.Type}'; metadata = @{{ name = 'table' }}; data = @{{}} }} | ConvertFrom-SaTokenSecret";
        Assert.Equal(["table"], _engine.Run(table).RequireNoErrors().As<TokenSecret>().Select(s => s.Name));
    }

    [Fact]
    public void Says_what_is_missing_and_decodes_the_rest()
    {
        var secret = RecordedSecret.New();
        secret["data"]!.AsObject().Remove("token");
        var result = _engine.Run(Convert, secret.ToJsonString()).RequireNoErrors();
        var read = Assert.Single(result.As<TokenSecret>());
        Assert.Null(read.Token);
        Assert.Null(read.Info);
        Assert.Single(read.CaCertificates);
        Assert.Contains(result.Warnings, warning => warning.Contains("team-a/manual-token", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_broken_base64_naming_the_key_and_not_the_value()
    {
        var secret = RecordedSecret.New();
        secret["data"]!["token"] = "not!base64";
        var error = _engine.Run(Convert, secret.ToJsonString()).RequireError("InvalidSecret");
        Assert.Contains("'token'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not!base64", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_a_token_that_is_no_jwt_and_says_so()
    {
        var secret = RecordedSecret.New();
        secret["data"]!["token"] = System.Convert.ToBase64String(Encoding.UTF8.GetBytes("hunter2-hunter2"));
        var result = _engine.Run(Convert + " -AsPlainText", secret.ToJsonString()).RequireNoErrors();
        var read = Assert.Single(result.As<TokenSecret>());
        Assert.Equal("hunter2-hunter2", read.Token);
        Assert.Null(read.Info);
        Assert.DoesNotContain("hunter2", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_every_certificate_of_ca_crt()
    {
        var secret = RecordedSecret.New();
        var pem = RecordedSecret.Decode(secret, "ca.crt");
        secret["data"]!["ca.crt"] = System.Convert.ToBase64String(Encoding.UTF8.GetBytes(pem + pem));
        Assert.Equal(2, Assert.Single(_engine.Run(Convert, secret.ToJsonString()).RequireNoErrors().As<TokenSecret>()).CaCertificates.Length);
    }

    [Theory]
    [InlineData("just text")]
    [InlineData("kind: Secret\n  bad: [indent")]
    [InlineData("{ \"kind\": \"Secret\", ")]
    [InlineData("kind: Deployment\nmetadata: { name: web }\n")]
    public void Refuses_what_is_no_secret(string text) => _engine.Run(Convert, text).RequireError("InvalidSecret");

    [Fact]
    public void Refuses_objects_that_are_no_secret_and_goes_on()
    {
        var result = _engine.Run($"param($in) 42, $in | ConvertFrom-SaTokenSecret", RecordedSecret.New().ToJsonString());
        result.RequireError("InvalidSecret");
        Assert.Single(result.As<TokenSecret>());
    }

    [Theory]
    [InlineData("$h = @{ kind = 'List' }; $h.items = $h; $h")]
    [InlineData("$h = @{ kind = 'List' }; $h.items = @($h, $h); $h")]
    [InlineData("$o = [pscustomobject]@{ items = $null }; $o.items = $o; $o")]
    [InlineData("$a = [object[]]::new(1); $a[0] = $a; @{ kind = 'Secret'; metadata = @{ name = $a } }")]
    [InlineData("$h = @{ kind = 'Secret' }; $h.metadata = $h; $h.labels = $h; $h.data = $h; $h")]
    [InlineData("@{ kind = 'Secret'; metadata = 'text' }")]
    [InlineData("@{ kind = 'Secret'; metadata = @{ name = @{} } }")]
    [InlineData("@{ kind = 'Secret'; data = 'text' }")]
    [InlineData("@{ kind = 'Secret'; data = @{ token = @{} } }")]
    [InlineData("@{ kind = 'List'; items = @(,$null) }")]
    [InlineData("@{ kind = 'List'; items = 'text' }")]
    public void Refuses_objects_that_contain_themselves_or_the_wrong_things_and_goes_on(string bad)
    {
        var result = _engine.Run($"param($in) & {{ {bad}; $in }} | ConvertFrom-SaTokenSecret", RecordedSecret.New("good").ToJsonString());
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.StartsWith("InvalidSecret,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(["good"], result.As<TokenSecret>().Select(s => s.Name));
    }

    [Fact]
    public void Reads_a_single_object_in_place_of_the_items_of_a_List()
    {
        var result = _engine.Run($"@{{ kind = 'List'; items = @{{ kind = 'Secret'; type = '{RecordedSecret.Type}'; metadata = @{{ name = 'only' }}; data = @{{}} }} }} | ConvertFrom-SaTokenSecret");
        Assert.Equal(["only"], result.RequireNoErrors().As<TokenSecret>().Select(s => s.Name));
    }

    [Theory]
    [InlineData("{\"\\ud800\":1,\"sub\":\"system:serviceaccount:a:b\"}")]
    [InlineData("{\"sub\":\"\\udc00\"}")]
    [InlineData("{\"kubernetes.io\":{\"\\ud800\":{}},\"iss\":\"\\ud800\"}")]
    public void Half_a_surrogate_pair_in_a_token_spoils_nothing(string payload)
    {
        var bad = RecordedSecret.New("bad");
        bad["data"]!["token"] = System.Convert.ToBase64String(Encoding.UTF8.GetBytes(Offline.Jwts.Make(payload)));
        var list = new JsonObject { ["kind"] = "List", ["items"] = new JsonArray(RecordedSecret.New("a"), bad, RecordedSecret.New("b")) };
        Assert.Equal(["a", "bad", "b"], _engine.Run(Convert, list.ToJsonString()).RequireNoErrors().As<TokenSecret>().Select(s => s.Name));
    }

    [Fact]
    public void Reads_files_and_names_the_missing_one()
    {
        var folder = Directory.CreateTempSubdirectory("kubesa-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.yaml"), RecordedSecret.Yaml("a"));
            File.WriteAllText(Path.Combine(folder.FullName, "b.json"), RecordedSecret.New("b").ToJsonString());
            var result = _engine.Run(
                $"ConvertFrom-SaTokenSecret -Path '{folder.FullName}/*.yaml', '{folder.FullName}/no-such', '{folder.FullName}/b.json'");
            Assert.Contains("no-such", result.RequireError("FileNotFound").ToString(), StringComparison.Ordinal);
            Assert.Equal(["a", "b"], result.As<TokenSecret>().Select(s => s.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Passes_a_decoded_secret_through_in_the_form_asked_for()
    {
        var twice = _engine.Run(Convert + " | ConvertFrom-SaTokenSecret -AsPlainText | ConvertFrom-SaTokenSecret", RecordedSecret.New().ToJsonString());
        Assert.IsType<SecureString>(Assert.Single(twice.RequireNoErrors().As<TokenSecret>()).Token);
    }
}
