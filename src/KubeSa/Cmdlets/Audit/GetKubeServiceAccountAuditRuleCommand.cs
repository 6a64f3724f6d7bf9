using System.Management.Automation;
using KubeSa.Analysis.Audit;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Lists and explains the rules of the audit: what each looks for, why, how grave it is and where it is recommended.</summary>
[Cmdlet(VerbsCommon.Get, "KubeServiceAccountAuditRule", HelpUri = HelpPages.Folder + "Get-KubeServiceAccountAuditRule.md")]
[OutputType(typeof(AuditRule))]
public sealed class GetKubeServiceAccountAuditRuleCommand : KubeCmdlet
{
    /// <summary>The ids, with wildcards; all where this is left out. Findings from the pipeline bring theirs.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RuleId")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AuditRuleCompleter))]
    public string[] Id { get; set; } = ["*"];

    private protected override void Process()
    {
        foreach (var text in Id)
        {
            Guard(() => Write(new NamePattern(text)));
        }
    }

    private void Write(NamePattern id)
    {
        var found = AuditChecks.Rules.Values.Where(rule => id.Matches(rule.Id)).ToList();
        if (found.Count == 0 && !id.IsWildcard)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"There is no audit rule '{id.Text}'. Get-KubeServiceAccountAuditRule lists them.", id.Text);
        }

        found.ForEach(WriteObject);
    }
}
