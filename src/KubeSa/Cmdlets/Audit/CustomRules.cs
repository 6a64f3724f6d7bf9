using System.Collections;
using System.Management.Automation;
using KubeSa.Analysis.Audit;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Rules that users write: a hashtable with a script block that judges one account.</summary>
internal static class CustomRules
{
    private static readonly string[] Keys = ["Id", "Severity", "Find", "Title", "Remedy", "Reference"];

    internal static AuditCheck Read(Hashtable table)
    {
        var id = Convert.ToString(table["Id"], System.Globalization.CultureInfo.InvariantCulture);
        var unknown = table.Keys.Cast<object>().Select(key => key.ToString()!).FirstOrDefault(key => !Keys.Contains(key, StringComparer.OrdinalIgnoreCase));
        if (string.IsNullOrWhiteSpace(id) || Script(table["Find"]) is not { } find || unknown is not null)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                "A custom rule is a hashtable such as @{ Id = 'TEAM-1'; Severity = 'High'; Find = { if ($_.Labels['team'] -eq $null) { 'has no team' } } }"
                + (unknown is null ? "." : $"; '{unknown}' is not one of {string.Join(", ", Keys)}."),
                id ?? "custom rule");
        }

        if (AuditChecks.Rules.ContainsKey(id))
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{id}' is a rule of the module; give your own another Id.", id);
        }

        if (!LanguagePrimitives.TryConvertTo<AuditSeverity>(table["Severity"] ?? AuditSeverity.Medium, out var severity))
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"The Severity of the custom rule '{id}' is one of {string.Join(", ", Enum.GetNames<AuditSeverity>())}.", id);
        }

        var rule = new AuditRule
        {
            Id = id,
            Title = Text(table, "Title") ?? id,
            LooksFor = find.ToString().Trim(),
            Why = "A rule of your own.",
            Severity = severity,
            Remedy = Text(table, "Remedy") ?? "As the rule says.",
            Reference = Text(table, "Reference") ?? "custom rule",
        };
        return new AuditCheck(rule, [.. AuditCheck.Rbac, .. AuditCheck.Running], view => view.Accounts.SelectMany(account => Judge(find, severity, account, view)));
    }

    private static IEnumerable<AuditHit> Judge(ScriptBlock find, AuditSeverity severity, Principal account, AuditView view)
    {
        var number = 0;
        foreach (var message in find.InvokeWithContext(null, [new PSVariable("_", Shown(account, view))]))
        {
            yield return new AuditHit(severity, $"{account.Words}: {message}")
            {
                Principal = account,
                Evidence = [new AuditEvidence { Kind = "ServiceAccount", Namespace = account.Namespace, Name = account.Account!.Name }],
                Key = number++.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }
    }

    private static PSObject Shown(Principal account, AuditView view)
    {
        var shown = new PSObject();
        void Add(string name, object? value) => shown.Properties.Add(new PSNoteProperty(name, value));
        Add("Namespace", account.Namespace);
        Add("Name", account.Account!.Name);
        Add("Labels", new Hashtable(account.Account.Labels.ToDictionary()));
        Add("Annotations", new Hashtable(account.Account.Annotations.ToDictionary()));
        Add("AutomountToken", account.Account.Automount);
        Add("Rules", view.Snapshot.Policy.HeldBy(account.Namespace!, account.Account.Name).ToArray());
        Add("Workloads", account.Workloads.Select(workload => workload.ToString()).ToArray());
        Add("Pods", account.Pods.Select(pod => pod.ToString()).ToArray());
        Add("TokenSecrets", account.Tokens.Select(secret => secret.ToString()).ToArray());
        return shown;
    }

    private static ScriptBlock? Script(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) as ScriptBlock;

    private static string? Text(Hashtable table, string key) => table[key]?.ToString();
}
