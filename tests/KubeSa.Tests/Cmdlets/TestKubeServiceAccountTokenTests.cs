using System.Security.Cryptography;
using System.Text.Json;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Offline;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class TestKubeServiceAccountTokenTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-keys-").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Accepts_what_the_server_accepts()
    {
        var result = Test("New-KubeServiceAccountToken builder -Namespace team-a -BoundPod build-7 | Test-KubeServiceAccountToken");
        Assert.Equal((true, AccessCause.None, "system:serviceaccount:team-a:builder"), (result.Valid, result.Cause, result.UserName));
        Assert.Contains("system:serviceaccounts:team-a", result.Groups);
        Assert.All(result.Checks, check => Assert.Equal((AccessCheckStatus.Pass, check.Name), (check.Status, check.Name)));
        Assert.Superset(
            new HashSet<TokenTestCheckName> { TokenTestCheckName.Signature, TokenTestCheckName.ServiceAccount, TokenTestCheckName.Pod, TokenTestCheckName.Review },
            result.Checks.Select(check => check.Name).ToHashSet());
    }

    [Theory]
    [InlineData("New-KubeServiceAccount t1 > $null; $t = New-KubeServiceAccountToken t1; Remove-KubeServiceAccount t1 -Confirm:$false", AccessCause.ServiceAccountDeleted)]
    [InlineData("New-KubeServiceAccount t2 > $null; $t = New-KubeServiceAccountToken t2; Remove-KubeServiceAccount t2 -Confirm:$false; New-KubeServiceAccount t2 > $null", AccessCause.ServiceAccountDeleted)]
    [InlineData("New-KubeSaTokenSecret default t3 > $null; $t = New-KubeServiceAccountToken default -BoundSecret t3; Remove-KubeSaTokenSecret t3 -Confirm:$false", AccessCause.SecretDeleted)]
    [InlineData("$t = New-KubeSaTokenSecret default t4; Remove-KubeSaTokenSecret t4 -Confirm:$false", AccessCause.SecretDeleted)]
    [InlineData("$t = New-KubeSaTokenSecret default t5; Remove-KubeSaTokenSecret t5 -Confirm:$false; New-KubeServiceAccount t5 | New-KubeSaTokenSecret -Name t5 > $null", AccessCause.SecretDeleted)]
    [InlineData("$t = New-KubeServiceAccountToken default -Audience vault", AccessCause.TokenAudienceMismatch)]
    [InlineData("$t = 'rubbish'", AccessCause.TokenMalformed)]
    [InlineData("$t = ''", AccessCause.TokenMalformed)]
    public void Names_the_exact_cause(string prepare, AccessCause cause)
    {
        var result = Test($"{prepare}; $t | Test-KubeServiceAccountToken");
        Assert.Equal((cause, false), (result.Cause, result.Valid));
        Assert.NotNull(result.Checks.First(check => check.Status == AccessCheckStatus.Fail).Remedy);
        Assert.Equal(["False"], _engine.Run("$t | Test-KubeServiceAccountToken -Quiet").RequireNoErrors().Text);
    }

    [Fact]
    public void Names_a_pod_that_is_gone()
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "run", "doomed", "--image=i");
        _engine.Run("$t = New-KubeServiceAccountToken default -BoundPod doomed").RequireNoErrors();
        Kubectl.Run(sandbox.Server.KubeConfig, "delete", "pod", "doomed", "--now");
        Assert.Equal(AccessCause.BoundObjectDeleted, Test("$t | Test-KubeServiceAccountToken").Cause);
    }

    [Fact]
    public async Task Names_an_issuer_that_the_server_no_longer_accepts()
    {
        using var admin = new Diagnosis.SandboxAdmin(sandbox.Server);
        await admin.SetFaultsAsync([("former-issuer", null)]);
        _engine.Run("$t = New-KubeServiceAccountToken default").RequireNoErrors();
        await admin.SetFaultsAsync([]);
        var result = Test("$t | Test-KubeServiceAccountToken");
        Assert.Equal((AccessCause.IssuerUnknown, "The server does not accept the issuer 'https://former.example.com'"), (result.Cause, result.Summary));
    }

    [Fact]
    public void Tests_for_the_audience_that_is_asked_for()
    {
        Assert.True(Test("New-KubeServiceAccountToken default -Audience vault | Test-KubeServiceAccountToken -Audience vault").Valid);
        Assert.Equal(AccessCause.TokenAudienceMismatch, Test("New-KubeServiceAccountToken default | Test-KubeServiceAccountToken -Audience vault").Cause);
    }

    [Fact]
    public void Names_the_key_of_another_cluster()
    {
        var result = Test($"Test-KubeServiceAccountToken '{RecordedSecret.Token}'");
        Assert.Equal((AccessCause.SignatureKeyUnknown, "The key that signed this token is not one the server uses"), (result.Cause, result.Summary));
    }

    [Fact]
    public void Says_what_it_could_not_ask()
    {
        using var reader = sandbox.Connect("reader");
        reader.SetVariable("t", _engine.Run("New-KubeServiceAccountToken reader -Namespace team-a").RequireNoErrors().Output[0]);
        var result = Assert.Single(reader.Run("Test-KubeServiceAccountToken $t.Token").RequireNoErrors().As<TokenTestResult>());
        Assert.Equal((false, AccessCause.Unknown), (result.Valid, result.Cause));
        Assert.Contains("not known whether", result.Summary, StringComparison.Ordinal);
        Assert.Equal(AccessCheckStatus.Warn, result.Checks.Single(check => check.Name == TokenTestCheckName.Review).Status);
        Assert.Equal(AccessCheckStatus.Pass, result.Checks.Single(check => check.Name == TokenTestCheckName.Signature).Status);
    }

    [Fact]
    public void Never_says_yes_to_a_token_of_an_account_that_is_gone_to_somebody_who_may_not_ask()
    {
        using var reader = sandbox.Connect("reader");
        var token = _engine.Run("$t = New-KubeServiceAccount unseen | New-KubeServiceAccountToken; Remove-KubeServiceAccount unseen -Confirm:$false; $t").RequireNoErrors().Output[0];
        reader.SetVariable("t", token);
        Assert.False(Assert.Single(reader.Run("$t.Token | Test-KubeServiceAccountToken").RequireNoErrors().As<TokenTestResult>()).Valid);
        var quiet = reader.Run("$t.Token | Test-KubeServiceAccountToken -Quiet").RequireNoErrors();
        Assert.Equal(["False"], quiet.Text);
    }

    [Fact]
    public void Takes_a_legacy_token_for_the_audience_that_the_server_takes_it_for()
    {
        const string Make = "$t = New-KubeSaTokenSecret default aud-1 -ErrorAction Ignore; if (!$t) { $t = Get-KubeSaTokenSecret aud-1 };";
        Assert.True(Test($"{Make} $t | Test-KubeServiceAccountToken -Audience https://kubernetes.default.svc.cluster.local").Valid);
        var other = Test($"{Make} $t | Test-KubeServiceAccountToken -Audience vault");
        Assert.Equal(AccessCause.TokenAudienceMismatch, other.Cause);
        Assert.Contains("for the API server alone ('https://kubernetes.default.svc.cluster.local'), and not for 'vault'", other.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$t.Substring(0, $t.Length - 1)")]
    [InlineData("$t.Substring(0, $t.Length - 40)")]
    [InlineData("$t + 'junk'")]
    [InlineData("$t + ' junk'")]
    [InlineData("$t + '%'")]
    [InlineData("$t + '=='")]
    [InlineData("$t + $t")]
    [InlineData("\"$t`n$t\"")]
    [InlineData("$t.Insert(50, [string][char]0)")]
    [InlineData("$t.Insert(50, \"`n\")")]
    [InlineData("$t + '.' + $t.Split('.')[1] + '.' + $t.Split('.')[2]")]
    public void Calls_a_damaged_token_damaged(string change)
    {
        _engine.Run("$t = New-KubeServiceAccountToken default -AsPlainText").RequireNoErrors();
        Assert.Equal(AccessCause.TokenMalformed, Test($"{change} | Test-KubeServiceAccountToken").Cause);
    }

    [Fact]
    public void Is_an_error_without_a_token() => _engine.Run("Get-KubeConnection | Test-KubeServiceAccountToken").RequireError("InvalidToken");

    [Theory]
    [InlineData("-Jwks")]
    [InlineData("-Offline -Jwks")]
    [InlineData("-Offline -PublicKey")]
    public void Verifies_offline_by_keys_in_a_file(string parameter)
    {
        _engine.Run("Disconnect-KubeCluster");
        var keys = parameter.EndsWith("Jwks", StringComparison.Ordinal) ? Jwks() : Pem();
        var result = Test($"Test-KubeServiceAccountToken '{RecordedSecret.Token}' {parameter} '{keys}'");
        Assert.True(result.Valid, result.Summary);
        Assert.Equal(
            [TokenTestCheckName.Format, TokenTestCheckName.Signature, TokenTestCheckName.Time],
            result.Checks.Select(check => check.Name));

        var at = RecordedSecret.Token.LastIndexOf('.') + 10;
        var other = RecordedSecret.Token[..at] + (RecordedSecret.Token[at] == 'A' ? 'B' : 'A') + RecordedSecret.Token[(at + 1)..];
        Assert.Equal(AccessCause.TokenMalformed, Test($"Test-KubeServiceAccountToken '{other}' {parameter} '{keys}'").Cause);
    }

    [Fact]
    public void Names_the_cause_offline()
    {
        _engine.Run("$fresh = New-KubeServiceAccountToken default").RequireNoErrors();
        Assert.Equal(AccessCause.SignatureKeyUnknown, Test($"$fresh | Test-KubeServiceAccountToken -Jwks '{Jwks()}'").Cause);
        var old = Recordings.TokenInAnswer(Recordings.Read("kubernetes-1.36", "09-01-token-default"));
        Assert.Equal(AccessCause.TokenExpired, Test($"Test-KubeServiceAccountToken '{old}' -Jwks '{Jwks()}'").Cause);
        Assert.Equal(
            AccessCause.TokenAudienceMismatch,
            Test($"Test-KubeServiceAccountToken '{RecordedSecret.Token}' -Jwks '{Jwks()}' -Audience vault").Cause);
    }

    [Fact]
    public void Says_what_is_wrong_with_the_keys()
    {
        var token = RecordedSecret.Token;
        _engine.Run($"Test-KubeServiceAccountToken '{token}' -Jwks '{_folder}/none'").RequireError("FileNotFound");
        Assert.Equal(Pem(), _engine.Run($"Test-KubeServiceAccountToken '{token}' -Jwks '{Pem()}'").RequireError("InvalidRequest").TargetObject);
        Assert.Equal(Jwks(), _engine.Run($"Test-KubeServiceAccountToken '{token}' -PublicKey '{Jwks()}'").RequireError("InvalidRequest").TargetObject);
    }

    private TokenTestResult Test(string script) => Assert.Single(_engine.Run(script).RequireNoErrors().As<TokenTestResult>());

    private string Jwks()
    {
        var path = Path.Combine(_folder, "jwks.json");
        File.WriteAllText(path, Recordings.Body("kubernetes-1.36", "15-11-jwks-accept-any"));
        return path;
    }

    private string Pem()
    {
        using var jwks = JsonDocument.Parse(Recordings.Body("kubernetes-1.36", "15-11-jwks-accept-any"));
        var path = Path.Combine(_folder, "keys.pem");
        File.WriteAllLines(path, jwks.RootElement.GetProperty("keys").EnumerateArray().Select(key =>
        {
            using var rsa = RSA.Create(new RSAParameters
            {
                Modulus = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(key.GetProperty("n").GetString()),
                Exponent = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(key.GetProperty("e").GetString()),
            });
            return rsa.ExportSubjectPublicKeyInfoPem();
        }));
        return path;
    }
}
