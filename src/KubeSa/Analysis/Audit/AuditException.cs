using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Analysis.Audit;

/// <summary>What somebody has looked at and accepts, with a reason and an end.</summary>
internal sealed record AuditException
{
    private const string All = "*";

    private static readonly string[] Fields = ["rule", "account", "cluster", "fingerprint", "reason", "expires"];

    /// <summary>The rule, with wildcards.</summary>
    public string Rule { get; private init; } = All;

    /// <summary>The account as <c>namespace/name</c>, with wildcards; or what else findings are about, a namespace.</summary>
    public string Account { get; private init; } = All;

    /// <summary>The cluster, with wildcards.</summary>
    public string Cluster { get; private init; } = All;

    /// <summary>The one finding that is meant; null for all that the rest fits.</summary>
    public string? Fingerprint { get; private init; }

    /// <summary>Why it is accepted.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day on which it counts, in UTC; null for no end.</summary>
    public DateOnly? Expires { get; private init; }

    /// <summary>
    /// Reads the list <c>exceptions</c> of a document. InvalidRequest, with what is wrong, where one has no reason, names nothing or
    /// holds a field that is not known: a slip of the pen must not accept more than was meant.
    /// </summary>
    internal static IReadOnlyList<AuditException> Read(JsonElement document, string file)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("exceptions", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(file, "it must hold a list named 'exceptions'");
        }

        return [.. list.EnumerateArray().Select((item, index) => Read(item, $"exception {index + 1}", file))];
    }

    /// <summary>Whether it is meant for a finding in a cluster.</summary>
    internal bool Fits(AuditFinding finding, string cluster) =>
        (Fingerprint is null || Fingerprint == finding.Fingerprint)
        && FileSystemName.MatchesSimpleExpression(Rule, finding.RuleId, ignoreCase: true)
        && FileSystemName.MatchesSimpleExpression(Account, finding.Account, ignoreCase: false)
        && FileSystemName.MatchesSimpleExpression(Cluster, cluster, ignoreCase: false);

    /// <summary>Whether its last day is over.</summary>
    internal bool HasExpired(DateOnly today) => Expires is { } last && last < today;

    private static AuditException Read(JsonElement item, string which, string file)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(file, $"{which} is not a mapping");
        }

        if (item.EnumerateObject().Select(field => field.Name).FirstOrDefault(name => !Fields.Contains(name)) is { } unknown)
        {
            throw Wrong(file, $"{which} has the field '{unknown}', which is not one of {string.Join(", ", Fields)}");
        }

        var (rule, account, fingerprint) = (Text(item, "rule", which, file), Text(item, "account", which, file), Text(item, "fingerprint", which, file));
        if (rule is null && fingerprint is null)
        {
            throw Wrong(file, $"{which} names neither a rule nor a fingerprint");
        }

        var expires = Text(item, "expires", which, file);
        DateOnly end = default;
        if (expires is not null && !DateOnly.TryParseExact(expires.Length > 10 ? expires[..10] : expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out end))
        {
            throw Wrong(file, $"{which} expires on '{expires}', which is not a day as 2027-01-31");
        }

        return new AuditException
        {
            Rule = rule ?? All,
            Account = account ?? All,
            Cluster = Text(item, "cluster", which, file) ?? All,
            Fingerprint = fingerprint,
            Reason = Text(item, "reason", which, file) ?? throw Wrong(file, $"{which} gives no reason"),
            Expires = expires is null ? null : end,
        };
    }

    private static string? Text(JsonElement item, string name, string which, string file) => !item.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text ? text
        : throw Wrong(file, $"'{name}' of {which} is not a text");

    internal static KubeApiException Wrong(string file, string why) =>
        new(FailureKind.InvalidRequest, $"'{file}' is not a file of audit exceptions: {why}. Get-Help Invoke-KubeServiceAccountAudit shows one.", file);
}
