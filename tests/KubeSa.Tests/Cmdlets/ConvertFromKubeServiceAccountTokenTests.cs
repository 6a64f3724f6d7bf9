using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class ConvertFromKubeServiceAccountTokenTests : IDisposable
{
    private readonly HostedEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("param($t) $t | ConvertFrom-KubeServiceAccountToken")]
    [InlineData("param($t) ConvertFrom-KubeServiceAccountToken $t")]
    [InlineData("param($t) ConvertFrom-KubeServiceAccountToken -Token ([System.Net.NetworkCredential]::new('', $t).SecurePassword)")]
    [InlineData("param($t) [pscustomobject]@{ Token = $t } | ConvertFrom-KubeServiceAccountToken")]
    [InlineData("param($t) \"Bearer $t`n\" | ConvertFrom-KubeServiceAccountToken")]
    public void Decodes_a_token_however_it_comes(string script)
    {
        var read = _engine.Run(script, RecordedSecret.Token);
        var info = Assert.Single(read.RequireNoErrors().As<TokenInfo>());
        Assert.Equal((TokenKind.Legacy, "system:serviceaccount:team-a:legacy"), (info.Kind, info.UserName));
        Assert.Equal("manual-token", info.SecretName);
    }

    [Fact]
    public void Decodes_what_a_token_secret_holds()
    {
        var read = _engine.Run("param($s) $s | ConvertFrom-SaTokenSecret | ConvertFrom-KubeServiceAccountToken", RecordedSecret.New().ToJsonString());
        Assert.Equal("legacy", Assert.Single(read.RequireNoErrors().As<TokenInfo>()).ServiceAccount);
    }

    [Theory]
    [InlineData("'abc'")]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("'a.b.c'")]
    [InlineData("42")]
    [InlineData("($t + 'junk')")]
    [InlineData("($t + ' junk')")]
    [InlineData("($t + '%')")]
    [InlineData("($t + '==')")]
    [InlineData("($t + $t)")]
    [InlineData("$t.Insert(50, \"`n\")")]
    [InlineData("$t.Insert(50, [string][char]0)")]
    public void Refuses_what_is_no_token_and_goes_on(string input)
    {
        var result = _engine.Run($"param($t) {input}, $t | ConvertFrom-KubeServiceAccountToken", RecordedSecret.Token);
        result.RequireError("InvalidToken");
        Assert.Single(result.As<TokenInfo>());
    }

    [Fact]
    public void Warns_of_a_token_that_was_cut_short()
    {
        var read = _engine.Run("param($t) $t.Substring(0, $t.Length - 7) | ConvertFrom-KubeServiceAccountToken 3>&1 | Where-Object { $_ -is [Management.Automation.WarningRecord] }", RecordedSecret.Token);
        Assert.Contains("cut short", Assert.Single(read.RequireNoErrors().Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_file_such_as_a_mounts()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, RecordedSecret.Token + "\n");
            Assert.Single(_engine.Run($"ConvertFrom-KubeServiceAccountToken -Path '{path}'").RequireNoErrors().As<TokenInfo>());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
