using System.Management.Automation;
using System.Reflection;
using KubeSa.Cmdlets;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>PowerShell hands <c>--as=jane</c> on as a plain value: no cmdlet takes it for a name.</summary>
public sealed class OptionsOfOthersTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly Type[] NameTypes = [typeof(string), typeof(string[]), typeof(ServiceAccountReference), typeof(ServiceAccountReference[])];

    // These are files and scenarios, and what is not a name is an error of their own.
    private static readonly string[] NoNames = ["Path", "MountPath", "Scenario", "AuditLog", "Reference", "Difference"];

    public static TheoryData<string> Lines =>
    [
        "Get-KubeServiceAccount --as=jane",
        "New-KubeServiceAccount --as=jane",
        "Set-KubeServiceAccount --as=jane -AutomountToken $false",
        "Remove-KubeServiceAccount --as=jane -Confirm:$false",
        "Get-KubeServiceAccountUsage --as=jane",
        "Set-KubeWorkloadServiceAccount --as=jane web",
        "Set-KubeWorkloadServiceAccount web --as=jane",
        "New-KubeServiceAccountToken --as=jane",
        "Get-KubeSaTokenSecret --as=jane",
        "New-KubeSaTokenSecret --as=jane",
        "New-KubeSaTokenSecret default --as=jane",
        "Remove-KubeSaTokenSecret --as=jane -Confirm:$false",
        "Export-KubeServiceAccountKubeConfig --as=jane",
        "Test-KubeAccess --as=jane pods",
        "Test-KubeAccess get --as=jane",
        "Test-KubeAccess get secrets --as=jane",
        "Find-KubeAccess get secrets --as=jane",
        "Find-KubeEscalationPath --as=jane",
        "Find-KubeEscalationPath default --as=jane",
        "Get-KubeAccessRule --as=jane",
        "Invoke-KubeServiceAccountAudit --as=jane",
        "New-KubeAccessPlan --as=jane -AuditLog none.log",
        "Grant-KubeServiceAccountRole --as=jane -ClusterRole view",
        "Grant-KubeServiceAccountRole default -ClusterRole --as=jane",
        "Revoke-KubeServiceAccountRole --as=jane -ClusterRole view",
        "Invoke-KubeInClusterProbe --as=jane",
        "Disable-KubeSaTokenSecret --as=jane",
        "Enable-KubeSaTokenSecret --as=jane",
        "Invoke-KubeServiceAccountCommand --as=jane { 'ran' }",
        "Get-KubeServiceAccount -Namespace --as=jane",
        "Get-KubeContext --as=jane",
        "Get-KubeRole --as=jane",
        "Get-KubeRoleBinding --as=jane",
        "New-KubeRole --as=jane -Verb get -Resource pods",
        "New-KubeRole a -Verb get -Resource --as=jane",
        "Grant-KubeServiceAccountRole default -Verb --as=jane -Resource pods",
        "Get-KubeNamespace --as=jane",
        "Get-KubeResource --as=jane",
        "Get-KubeResource pods --as=jane",
        "Wait-KubeResource --as=jane -For delete",
        "Wait-KubeResource pods --as=jane -For delete",
        "Watch-KubeResource --as=jane",
        "Watch-KubeResource pods --as=jane",
        "Set-KubeResource --as=jane web -Patch @{ spec = @{ replicas = 2 } }",
        "Set-KubeResource deployments --as=jane -Patch @{ spec = @{ replicas = 2 } }",
        "Remove-KubeResource --as=jane web -Confirm:$false",
        "Remove-KubeResource pods --as=jane -Confirm:$false",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Such_a_name_is_an_invalid_request(string line)
    {
        using var engine = sandbox.Connect();
        var result = engine.Run(line);
        Assert.Empty(result.Output);
        Assert.Contains("--as=jane", result.RequireError("InvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cmdlet_that_takes_names_by_their_place_is_tried()
    {
        var tried = Lines.Select(line => line.Data.Split(' ')[0]).ToHashSet();
        var taking = typeof(KubeCmdlet).Assembly.GetExportedTypes()
            .Where(type => typeof(KubeApiCmdlet).IsAssignableFrom(type) && !type.IsAbstract)
            .Where(type => type.GetProperties().Any(property =>
                NameTypes.Contains(property.PropertyType)
                && !NoNames.Contains(property.Name)
                && property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.Position >= 0)))
            .Select(type => type.GetCustomAttribute<CmdletAttribute>()!)
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}");
        Assert.Empty(taking.Except(tried));
    }
}
