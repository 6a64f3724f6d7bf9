using System.Management.Automation;
using System.Text.RegularExpressions;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>An object that was deleted and created again since it was read is another one: no cmdlet touches it.</summary>
public sealed partial class RecreatedObjectTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    private static readonly string[] Forms = ["live", "CLIXML", "own"];

    /// <summary>Every cmdlet that changes an account, or something for it, and takes the account from the pipeline.</summary>
    private static readonly string[] OnAccounts =
    [
        "Remove-KubeServiceAccount -Confirm:$false",
        "Remove-KubeServiceAccount -WhatIf",
        "Set-KubeServiceAccount -Label @{ touched = 'yes' }",
        "Grant-KubeServiceAccountRole -ClusterRole view",
        "Grant-KubeServiceAccountRole -ClusterRole view -ClusterWide",
        "Revoke-KubeServiceAccountRole -ClusterRole edit",
        "New-KubeServiceAccountToken",
        "New-KubeSaTokenSecret",
        "Export-KubeServiceAccountKubeConfig",
        "Export-KubeServiceAccountKubeConfig -Refreshing",
        "Export-KubeServiceAccountKubeConfig -TokenSecret key",
        "Set-KubeWorkloadServiceAccount reports",
        "Invoke-KubeServiceAccountCommand { 'ran' }",
    ];

    public static TheoryData<string, string> Cases =>
    [
        .. from cmdlet in OnAccounts from form in Forms select new TheoryDataRow<string, string>(cmdlet, form),
    ];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_account_is_left_alone(string cmdlet, string form)
    {
        var read = _engine.Run("New-KubeServiceAccount again -Namespace team-b").RequireNoErrors().Output[0];
        try
        {
            var old = read.Properties["Uid"].Value;
            var successor = _engine.Run("Remove-KubeServiceAccount team-b/again -Confirm:$false; New-KubeServiceAccount again -Namespace team-b").RequireNoErrors().Output[0];
            _engine.Run("Grant-KubeServiceAccountRole team-b/again -ClusterRole edit").RequireNoErrors();
            var before = State();

            var failure = _engine.Run($"$args[0] | {cmdlet}", In(form, read)).RequireError("Conflict");
            Assert.Equal("team-b/again", failure.TargetObject);
            Assert.Contains(
                $"was deleted and created again since it was read (its uid was {old} and is {successor.Properties["Uid"].Value} now)",
                failure.Exception.Message,
                StringComparison.Ordinal);
            Assert.Equal(before, State());
        }
        finally
        {
            _engine.Run("Revoke-KubeServiceAccountRole team-b/again -ClusterRole edit; Remove-KubeServiceAccount team-b/again -Confirm:$false").RequireNoErrors();
        }
    }

    [Theory]
    [InlineData("live")]
    [InlineData("CLIXML")]
    [InlineData("own")]
    public void A_token_Secret_is_left_alone(string form)
    {
        var read = _engine.Run("New-KubeSaTokenSecret viewer twice -Namespace team-b").RequireNoErrors().Output[0];
        _engine.Run("Remove-KubeSaTokenSecret twice -Namespace team-b -Confirm:$false; New-KubeSaTokenSecret viewer twice -Namespace team-b").RequireNoErrors();
        var failure = _engine.Run("$args[0] | Remove-KubeSaTokenSecret -Confirm:$false", In(form, read)).RequireError("Conflict");
        Assert.Matches(BothUids(), failure.Exception.Message);
        _engine.Run("Get-KubeSaTokenSecret twice -Namespace team-b | Remove-KubeSaTokenSecret -Confirm:$false").RequireNoErrors();
    }

    [Theory]
    [InlineData("live")]
    [InlineData("CLIXML")]
    public void A_workload_is_left_alone(string form)
    {
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "deployment", "shop", "--image=example", "-n", "team-b");
        var read = _engine.Run("Set-KubeWorkloadServiceAccount shop -ServiceAccount viewer -Namespace team-b").RequireNoErrors().Output[0];
        Kubectl.Run(sandbox.Server.KubeConfig, "delete", "deployment", "shop", "-n", "team-b");
        Kubectl.Run(sandbox.Server.KubeConfig, "create", "deployment", "shop", "--image=example", "-n", "team-b");
        var failure = _engine.Run("$args[0] | Set-KubeWorkloadServiceAccount -ServiceAccount default", In(form, read)).RequireError("Conflict");
        Assert.Matches(BothUids(), failure.Exception.Message);
        Kubectl.Run(sandbox.Server.KubeConfig, "delete", "deployment", "shop", "-n", "team-b");
    }

    [Fact]
    public void What_belongs_to_an_account_brings_the_uid_of_the_account_and_not_its_own()
    {
        _engine.Run("New-KubeServiceAccount owner -Namespace team-b > $null; New-KubeSaTokenSecret owner -Namespace team-b | Set-KubeServiceAccount -Label @{ a = 'b' }").RequireNoErrors();
        _engine.Run("Get-KubeSaTokenSecret owner-token -Namespace team-b | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors();
        _engine.Run("Get-KubeServiceAccount owner -Namespace team-b").RequireError("ServiceAccountNotFound");
    }

    [Fact]
    public void What_is_left_of_a_removed_account_can_be_taken_away()
    {
        _engine.Run("$gone = New-KubeServiceAccount gone -Namespace team-b; $gone | Grant-KubeServiceAccountRole -ClusterRole view; $gone | Remove-KubeServiceAccount -Confirm:$false").RequireNoErrors();
        _engine.Run("$gone | Grant-KubeServiceAccountRole -ClusterRole edit").RequireError("ServiceAccountNotFound");
        Assert.True(Assert.Single(_engine.Run("$gone | Revoke-KubeServiceAccountRole -ClusterRole view").RequireNoErrors().As<RoleBinding>()).IsRemoved);
    }

    [Fact]
    public void An_account_that_is_still_the_same_is_changed_in_every_form()
    {
        foreach (var form in Forms)
        {
            var read = _engine.Run("New-KubeServiceAccount same -Namespace team-b").RequireNoErrors().Output[0];
            var script = "$args[0] | Grant-KubeServiceAccountRole -ClusterRole view; $args[0] | Revoke-KubeServiceAccountRole -ClusterRole view;"
                + "$args[0] | Set-KubeServiceAccount -Label @{ a = 'b' } -PassThru; $args[0] | Remove-KubeServiceAccount -Confirm:$false";
            Assert.Equal(3, _engine.Run(script, In(form, read)).RequireNoErrors().Output.Count);
        }
    }

    /// <summary>The object as it comes back from a job or a file, or as one that somebody made of it.</summary>
    private static object In(string form, PSObject read)
    {
        if (form != "own")
        {
            return form == "live" ? read : PSSerializer.Deserialize(PSSerializer.Serialize(read));
        }

        var own = new PSObject();
        foreach (var name in new[] { "Namespace", "Name", "Uid" })
        {
            own.Properties.Add(new PSNoteProperty(name, read.Properties[name].Value));
        }

        return own;
    }

    private string State() => string.Join(
        ' ',
        _engine.Run("""
            (Get-KubeServiceAccount again -Namespace team-b).ResourceVersion
            Get-KubeSaTokenSecret -Namespace team-b
            (Get-KubeAccessRule team-b/again).Binding
            (Get-KubeServiceAccountUsage again -Namespace team-b).Workload
            """).RequireNoErrors().Text);

    [GeneratedRegex(@"its uid was [0-9a-f-]{36} and is [0-9a-f-]{36} now")]
    private static partial Regex BothUids();
}
