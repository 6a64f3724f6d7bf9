using System.Collections;
using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Secrecy;

/// <summary>A token, or a URL with a password, given where something else belongs: the error record shows neither.</summary>
public sealed class PastedTests
{
    private const string OpaqueToken = "q7Zx3fKp9LwT2vRm8Yd5Hn6Bc1Jg4s0Xe";
    private const string Server = "-Server https://127.0.0.1:1";

    public static TheoryData<string> Scripts =>
    [
        $"Get-KubeServiceAccount $pasted -Namespace team-a",
        $"Get-KubeServiceAccount x -Namespace $pasted",
        $"New-KubeServiceAccount $pasted",
        $"Remove-KubeServiceAccount $pasted -Confirm:$false",
        $"Set-KubeServiceAccount $pasted -AutomountToken $true",
        $"New-KubeServiceAccountToken $pasted",
        $"New-KubeServiceAccountToken x -BoundPod $pasted",
        $"New-KubeSaTokenSecret x $pasted",
        $"Get-KubeSaTokenSecret $pasted",
        $"Set-KubeWorkloadServiceAccount x $pasted",
        $"Export-KubeServiceAccountKubeConfig x -TokenSecret $pasted",
        $"Grant-KubeServiceAccountRole x -ClusterRole $pasted",
        $"Get-KubeAccessRule $pasted",
        $"Invoke-KubeInClusterProbe $pasted",
        $"ConvertFrom-KubeServiceAccountToken -Path $pasted",
        $"ConvertFrom-SaTokenSecret -Path $pasted",
        $"Get-KubeContext -KubeConfig $pasted",
        $"Connect-KubeCluster -Context $pasted -KubeConfig /dev/null",
        $"Connect-KubeCluster {Server} -TokenFile $pasted; Get-KubeIdentity",
        $"Connect-KubeCluster {Server} -ClientCertificate $pasted",
        $"Connect-KubeCluster {Server} -CertificateAuthority $pasted",
        $"Connect-KubeCluster -Server $pasted/?x",
        $"Connect-KubeCluster -Server https://user:$pasted@host",
        $"Connect-KubeCluster -Server user:$pasted@host",
        $"Connect-KubeCluster {Server} -ProxyUrl ftp://user:$pasted@host",
        $"Test-KubeServiceAccountToken x -Jwks $pasted",
        $"Test-KubeServiceAccountToken x -PublicKey $pasted",
        $"Test-KubeInClusterAccess -Evidence $pasted",
        $"Test-KubeInClusterAccess -Evidence \"{{$pasted\"",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Is_in_no_record(string script)
    {
        foreach (var pasted in new[] { Disguises.Jwt, OpaqueToken })
        {
            using var engine = new HostedEngine();
            engine.SetVariable("pasted", pasted);
            engine.Run($"Connect-KubeCluster {Server} -TimeoutSeconds 1");
            engine.Run("$Error.Clear()");
            var result = engine.Run($"$VerbosePreference = 'Continue'; {script}");
            var search = new SecretSearch([pasted[..20], pasted[^20..]]);
            Assert.True(result.Errors.Count > 0 || result.Thrown is not null, "There is no error to look at.");
            search.Look(result.Errors, "errors");
            search.Look(result.Thrown, "thrown");
            search.Look(result.Verbose, "verbose");
            search.Look(result.Warnings, "warnings");
            search.Look((IEnumerable)engine.Runspace.SessionStateProxy.GetVariable("Error"), "$Error");
            Assert.Empty(search.Found);
        }
    }

    [Theory]
    [InlineData("ConvertFrom-KubeServiceAccountToken -Path env:PATH", "Environment")]
    [InlineData("ConvertFrom-KubeServiceAccountToken -Path variable:pasted", "Variable")]
    [InlineData("ConvertFrom-SaTokenSecret -Path function:prompt", "Function")]
    [InlineData("Get-KubeContext -KubeConfig env:PATH", "Environment")]
    [InlineData("Get-KubePodIdentity -MountPath alias:x", "Alias")]
    [InlineData("Test-KubeServiceAccountToken x -Jwks env:PATH", "Environment")]
    [InlineData("Test-KubeInClusterAccess -Evidence env:PATH", "Environment")]
    [InlineData("Test-KubeInClusterAccess -MountPath env:x", "Environment")]
    [InlineData("Connect-KubeCluster -KubeConfig env:x", "Environment")]
    [InlineData("Connect-KubeCluster -Server https://127.0.0.1:1 -TokenFile variable:pasted", "Variable")]
    [InlineData("Connect-KubeCluster -InCluster -MountPath function:x", "Function")]
    public void A_path_is_one_of_the_file_system(string script, string provider)
    {
        using var engine = new HostedEngine();
        engine.SetVariable("pasted", Disguises.Jwt);
        var error = engine.Run(script).RequireError("InvalidRequest");
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains(provider, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Disguises.Jwt[..20], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drive_that_is_not_there_holds_no_file()
    {
        using var engine = new HostedEngine();
        engine.Run("ConvertFrom-KubeServiceAccountToken -Path nodrive:x").RequireError("FileNotFound");
        engine.Run("Get-KubeContext -KubeConfig nodrive:x").RequireError("FileNotFound");
    }
}
