using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using KubeSa.Cmdlets;
using KubeSa.Diagnosis;
using KubeSa.Diagnosis.Checks;
using KubeSa.Formatting;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>The line that a report gives for its cause: it pastes as it stands.</summary>
public sealed class CommandTests
{
    // Where the remedy is a decision, or has to be done elsewhere than at a prompt.
    private static readonly HashSet<AccessCause> Without =
    [
        AccessCause.None, AccessCause.NotInCluster, AccessCause.EnvironmentInvalid, AccessCause.MountMissing, AccessCause.TokenFileMissing,
        AccessCause.TokenNotYetValid, AccessCause.NamespaceMismatch, AccessCause.TlsNameMismatch, AccessCause.TlsExpired, AccessCause.NotKubernetes,
        AccessCause.IssuerUnknown, AccessCause.Throttled, AccessCause.Unknown,

        // The check itself knows the role that is missing.
        AccessCause.Forbidden,
    ];

    private static readonly Dictionary<string, Type> Cmdlets = typeof(KubeCmdlet).Assembly.GetExportedTypes()
        .Select(type => (Type: type, Name: type.GetCustomAttribute<CmdletAttribute>())).Where(cmdlet => cmdlet.Name is not null)
        .ToDictionary(cmdlet => $"{cmdlet.Name!.VerbName}-{cmdlet.Name.NounName}", cmdlet => cmdlet.Type);

    public static TheoryData<AccessCause> Causes => [.. Enum.GetValues<AccessCause>()];

    [Theory]
    [MemberData(nameof(Causes))]
    public void A_cause_has_a_command_that_parses_as_one_line_or_is_known_to_have_none(AccessCause cause)
    {
        var evidence = HealthyEvidence.Evidence with { Question = new AccessQuestion { MountPath = "/tmp/it's here/mount" } };
        var command = CauseCommand.For(cause, evidence);
        Assert.Equal(Without.Contains(cause), command is null);
        if (command is not null)
        {
            var line = Parser.ParseInput(command, out _, out var errors);
            Assert.Empty(errors);
            Assert.DoesNotContain('\n', command);
            Assert.All(line.FindAll(part => part is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>(), IsOurs);
        }
    }

    /// <summary>It needs no other tool, and each parameter is one that the cmdlet has.</summary>
    private static void IsOurs(CommandAst command)
    {
        Assert.True(Cmdlets.TryGetValue(command.GetCommandName(), out var type), $"{command} is no cmdlet of this module.");
        Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.NotNull(type.GetProperty(parameter.ParameterName)));
    }

    [Fact]
    public void What_was_asked_and_the_mount_go_into_the_line()
    {
        var evidence = HealthyEvidence.Evidence with
        {
            Question = new AccessQuestion { MountPath = "/tmp/it's here", Verb = "get", Resource = "deployments.apps", Namespace = "shop" },
        };
        Assert.Equal(
            "Test-KubeInClusterAccess -AdminConnection (New-KubeConnection) -MountPath '/tmp/it''s here' -Verb get -Resource deployments.apps -Namespace shop",
            CauseCommand.Ask(evidence));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public void A_report_shows_the_line_whole_whatever_the_width(int width)
    {
        var evidence = HealthyEvidence.Evidence with
        {
            Question = new AccessQuestion { MountPath = "/a/folder/with/a/long/name/that/no/terminal/of/eighty/columns/holds/on/one/line" },
            Token = new TokenEvidence { File = new FileEvidence { Path = "/a/token", Exists = true, Empty = true } },
        };
        var report = AccessJudge.Judge(evidence);
        Assert.NotNull(report.Command);
        Assert.Contains(report.Command, AccessReportText.Of(report, width).Split('\n'));
    }
}
