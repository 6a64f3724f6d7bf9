using Xunit;

namespace KubeSa.Contract.Live;

public abstract partial class LiveContract
{
    [Fact]
    public void A_requested_token_is_the_account_until_the_server_says()
    {
        Texts("New-KubeServiceAccount asked");
        Assert.Equal(
            ["Bound", $"system:serviceaccount:{cluster.Namespace}:asked", "True", "True"],
            Texts("$t = New-KubeServiceAccountToken asked -Duration 0:20:00; $i = $t | ConvertFrom-KubeServiceAccountToken; $i.Kind, $i.UserName, ($i.ExpiresAt - $i.IssuedAt -eq '0:20:00'), ($i.ExpiresAt -eq $t.ExpiresAt)"));
        Assert.Equal(
            ["True", $"system:serviceaccount:{cluster.Namespace}:asked"],
            Texts("$r = $t | Test-KubeServiceAccountToken; $r.Valid, $r.UserName"));
    }

    [Fact]
    public void A_token_for_too_short_a_time_is_refused()
    {
        Texts("New-KubeServiceAccount hasty");
        _engine.Run("New-KubeServiceAccountToken hasty -Duration 0:00:30").RequireError("InvalidRequest");
        _engine.Run("New-KubeServiceAccountToken nobody").RequireError("ServiceAccountNotFound");
    }

    [Theory]
    [InlineData("New-KubeServiceAccount NAME > $null; $t = New-KubeServiceAccountToken NAME -Audience vault", "TokenAudienceMismatch")]
    [InlineData("New-KubeServiceAccount NAME > $null; $t = New-KubeServiceAccountToken NAME; Remove-KubeServiceAccount NAME -Confirm:$false", "ServiceAccountDeleted")]
    [InlineData("New-KubeServiceAccount NAME > $null; $t = New-KubeServiceAccountToken NAME; Remove-KubeServiceAccount NAME -Confirm:$false; New-KubeServiceAccount NAME > $null", "ServiceAccountDeleted")]
    [InlineData("New-KubeServiceAccount NAME > $null; $t = New-KubeSaTokenSecret NAME NAME; Remove-KubeSaTokenSecret NAME -Confirm:$false", "SecretDeleted")]
    public void The_cause_is_named_why_a_token_is_no_good(string prepare, string cause)
    {
        var name = "cause-" + Guid.NewGuid().ToString("n")[..8];
        Texts(prepare.Replace("NAME", name, StringComparison.Ordinal));

        // An informer of the server may not have seen the deletion yet.
        Eventually(() => Texts("($t | Test-KubeServiceAccountToken).Cause") is [var found] && found == cause);
    }

    [Theory]
    [InlineData("$t + '=='")]
    [InlineData("$t.Split('.')[0] + '=.' + $t.Split('.')[1] + '.' + $t.Split('.')[2]")]
    [InlineData("$t + $t")]
    [InlineData("$t.Substring(0, $t.Length - 8)")]
    [InlineData("$t + 'junk'")]
    public void A_token_that_is_not_whole_base64url_is_refused_and_called_damaged(string change)
    {
        var name = "whole-" + Guid.NewGuid().ToString("n")[..8];
        Texts($"New-KubeServiceAccount {name} > $null; $t = New-KubeServiceAccountToken {name} -AsPlainText; $bad = {change}");
        Assert.Equal(["TokenMalformed"], Texts("($bad | Test-KubeServiceAccountToken).Cause"));
        _engine.Run(
            "$c = Get-KubeConnection; $s = [securestring]::new(); $bad.ToCharArray().ForEach{ $s.AppendChar($_) }; "
            + "Connect-KubeCluster -Server $c.Server -Token $s -SkipCertificateCheck -WarningAction SilentlyContinue > $null; Get-KubeServiceAccount")
            .RequireError("Unauthorized");
    }

    [Fact]
    public void A_legacy_token_is_for_the_API_servers_own_audiences()
    {
        var name = "aud-" + Guid.NewGuid().ToString("n")[..8];
        Texts($"New-KubeServiceAccount {name} > $null; $t = New-KubeSaTokenSecret {name} {name}; $own = (New-KubeServiceAccountToken {name} | ConvertFrom-KubeServiceAccountToken).Audiences[0]");
        Assert.Equal(
            ["True", "TokenAudienceMismatch"],
            Texts("($t | Test-KubeServiceAccountToken -Audience $own).Valid, ($t | Test-KubeServiceAccountToken -Audience kubesa-nobody).Cause"));
    }

    [Fact]
    public void A_kubeconfig_of_an_account_is_the_account()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{cluster.Namespace}.kubeconfig");
        try
        {
            Texts($"New-KubeServiceAccount carried > $null; Export-KubeServiceAccountKubeConfig carried -Path '{file}'");
            Assert.Equal(
                [$"system:serviceaccount:{cluster.Namespace}:carried", cluster.Namespace],
                Texts($"$null = Connect-KubeCluster -KubeConfig '{file}'; (Get-KubeIdentity).UserName; (Get-KubeConnection).Namespace"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_token_Secret_is_waited_for_and_its_removal_revokes_it()
    {
        Texts("New-KubeServiceAccount keeper");
        Assert.Equal(
            ["Legacy", "True"],
            Texts("$s = New-KubeSaTokenSecret keeper keeper-key; $s.Info.Kind; ($s | Test-KubeServiceAccountToken).Valid"));
        _engine.Run("New-KubeSaTokenSecret keeper keeper-key").RequireError("SecretAlreadyExists");
        _engine.Run("New-KubeSaTokenSecret nobody").RequireError("ServiceAccountNotFound");
        Texts("Remove-KubeSaTokenSecret keeper-key -Confirm:$false");
        _engine.Run("Get-KubeSaTokenSecret keeper-key").RequireError("SecretNotFound");
    }
}
