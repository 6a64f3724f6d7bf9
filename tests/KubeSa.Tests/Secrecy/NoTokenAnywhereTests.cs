using System.Collections;
using System.Text.RegularExpressions;
using KubeSa.Tests.Cmdlets;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Secrecy;

/// <summary>Searches every stream of every cmdlet, well and ill, for the tokens in play.</summary>
[Collection(SharedProcess.Name)]
public sealed partial class NoTokenAnywhereTests(RetiredKeyFixture sandbox) : IClassFixture<RetiredKeyFixture>
{
    public static TheoryData<string> Scripts =>
    [
        "Connect-KubeCluster -KubeConfig $kubeConfig -Context reader",
        "Connect-KubeCluster -Server $url -TokenFile \"$mount/token\" -CertificateAuthority $ca; Get-KubeServiceAccount",
        "Connect-KubeCluster -Server $url -Token (ConvertFrom-SaTokenSecret $secret).Token -CertificateAuthority $ca; Get-KubeIdentity",
        "Connect-KubeCluster -Server ($url -replace 'https', 'http') -TokenFile \"$mount/token\"; Get-KubeIdentity",
        "Connect-KubeCluster -Server https://localhost:1 -TokenFile \"$mount/token\"; Get-KubeIdentity",
        "Connect-KubeCluster -Server $url -TokenFile \"$mount/token\"; Get-KubeIdentity",
        "Get-KubeConnection",
        "Get-KubeContext -KubeConfig $kubeConfig",
        "Get-KubeContext -KubeConfig \"$mount/token\"",
        "Connect-KubeCluster -KubeConfig \"$mount/token\"",
        "Get-KubeServiceAccount -A -IncludeTokens -IncludeEvents",
        "Get-KubeServiceAccount nope -Context reader -KubeConfig $kubeConfig",
        "New-KubeServiceAccount x -Namespace kube-system -Context reader -KubeConfig $kubeConfig",
        "Get-KubeSaTokenSecret -A",
        "Get-KubeSaTokenSecret -A -Context reader -KubeConfig $kubeConfig",
        "$secret | ConvertFrom-SaTokenSecret",
        "$secret -replace '\"Secret\"', '\"Pod\"' | ConvertFrom-SaTokenSecret",
        "$secret.Substring(0, 3000) | ConvertFrom-SaTokenSecret",
        "ConvertFrom-SaTokenSecret -Path \"$mount/token\"",
        "ConvertFrom-KubeServiceAccountToken $token",
        "ConvertFrom-KubeServiceAccountToken ($token.Substring(0, 500))",
        "ConvertFrom-KubeServiceAccountToken ('x' + $token)",
        "ConvertFrom-KubeServiceAccountToken -Path \"$mount/token\"",
        "Get-KubePodIdentity -MountPath $mount",
        "Test-KubeInClusterAccess -MountPath $mount",
        "Test-KubeInClusterAccess -MountPath $mount -AdminConnection (Get-KubeConnection)",
        "Test-KubeInClusterAccess -MountPath $mount -AdminConnection (Get-KubeConnection -Verbose) -ApiServer https://127.0.0.1:1",
        "Test-KubeInClusterAccess -MountPath $mount -AsEvidence -AdminConnection (Get-KubeConnection)",
        "Test-KubeInClusterAccess -Evidence \"$mount/token\"; $token | Test-KubeInClusterAccess; \"{$token}\" | Test-KubeInClusterAccess",
        "Invoke-KubeInClusterProbe default -Namespace kube-system -TimeoutSeconds 1; Invoke-KubeInClusterProbe nope; Invoke-KubeInClusterProbe default -WhatIf",
        "Set-KubeWorkloadServiceAccount pod-counter default -Namespace kube-system -WhatIf",
        "Set-KubeWorkloadServiceAccount web default -Namespace shop -Context reader -KubeConfig $kubeConfig",
        "New-KubeServiceAccountToken default; New-KubeServiceAccountToken nope; New-KubeServiceAccountToken default -BoundPod nope",
        "New-KubeSaTokenSecret default made | Remove-KubeSaTokenSecret -Confirm:$false -Verbose",
        "Get-KubeSaTokenSecret -A | Remove-KubeSaTokenSecret -WhatIf",
        "Get-KubeServiceAccount -A -IncludeTokens | Set-KubeServiceAccount -Label @{ a = 'b' } -PassThru -WhatIf",
        "Get-KubeServiceAccount -A -IncludeTokens | Remove-KubeServiceAccount -WhatIf",
        "Get-KubeAccessRule shop/reader; Find-KubeAccess get secrets -A",
        "Test-KubeAccess list pods; Test-KubeAccess list pods -ServiceAccount shop/reader -Context reader -KubeConfig $kubeConfig",
        "Grant-KubeServiceAccountRole shop/checkout -ClusterRole view; Revoke-KubeServiceAccountRole shop/checkout -ClusterRole view",
        "Get-KubeServiceAccountUsage -A; Get-KubeServiceAccountUsage -A -Unused",
        "Export-KubeServiceAccountKubeConfig default -Path \"$mount/../exported\" -Force; Export-KubeServiceAccountKubeConfig default -Refreshing",
        "Export-KubeServiceAccountKubeConfig default -Path \"$mount/token\"; Export-KubeServiceAccountKubeConfig default -TokenSecret nope",
        "Test-KubeServiceAccountToken $token; Get-KubeSaTokenSecret -A | Test-KubeServiceAccountToken; Test-KubeServiceAccountToken ('x' + $token)",
        "Test-KubeServiceAccountToken $token -Jwks $ca; Test-KubeServiceAccountToken $token -PublicKey $ca; Test-KubeServiceAccountToken $token -PublicKey \"$mount/token\"",
        "Get-KubeIdentity",
        "Get-KubeIdentity -Context reader -KubeConfig $kubeConfig",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void No_stream_shows_a_token(string script)
    {
        using var engine = sandbox.Connect();
        var token = File.ReadAllText(Path.Combine(sandbox.Server.MountPath, "token"));
        var secret = RecordedSecret.New().ToJsonString();
        engine.SetVariable("url", sandbox.Server.Url);
        engine.SetVariable("ca", sandbox.Server.CertificateAuthority);
        engine.SetVariable("mount", sandbox.Server.MountPath);
        engine.SetVariable("kubeConfig", sandbox.Server.KubeConfig);
        engine.SetVariable("token", token);
        engine.SetVariable("secret", secret);

        var result = engine.Run($"$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; {script}");

        // Whatever the server issues meanwhile begins with the same header.
        var search = new SecretSearch(["eyJhbGciOi", .. Secrets(token), .. Secrets(RecordedSecret.Token), .. ReadersTokens().SelectMany(Secrets)]);
        search.Look(result.Output, "output");
        search.Look(result.Errors, "errors");
        search.Look(result.Warnings, "warnings");
        search.Look(result.Verbose, "verbose");
        search.Look(result.Debug, "debug");
        search.Look(result.Information, "information");
        search.Look(result.Progress, "progress");
        search.Look(result.Thrown, "thrown");
        search.Look((IEnumerable)engine.Runspace.SessionStateProxy.GetVariable("Error"), "$Error");
        Assert.True(search.Texts > 0, "Nothing was written that could be searched.");
        Assert.Empty(search.Found);
    }

    [Fact]
    public void The_search_finds_a_token_where_one_is()
    {
        using var engine = new HostedEngine();
        var shown = engine.Run("param($s) $s | ConvertFrom-SaTokenSecret -AsPlainText", RecordedSecret.New().ToJsonString());
        var search = new SecretSearch([.. Secrets(RecordedSecret.Token)]);
        search.Look(shown.Output, "output");
        Assert.NotEmpty(search.Found);
    }

    // The payload is no secret by itself; with a piece of the signature somebody could try the rest, so any piece counts.
    private static IEnumerable<string> Secrets(string token)
    {
        var signature = token.Trim().Split('.')[2];
        return [signature[..24], signature[^24..], token.Trim().Split('.')[1]];
    }

    private IEnumerable<string> ReadersTokens() =>
        TokenInKubeConfig().Matches(File.ReadAllText(sandbox.Server.KubeConfig)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"token:\s*(\S+)")]
    private static partial Regex TokenInKubeConfig();
}
