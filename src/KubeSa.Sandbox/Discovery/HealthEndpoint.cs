using System.Text;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Discovery;

/// <summary>/healthz, /livez and /readyz, whole or one check of them. Every check passes, but for the store when it is told to be down.</summary>
internal sealed class HealthEndpoint(ServerVersion serverVersion, FaultBoard faults) : IEndpoint
{
    private const string PlainText = "text/plain; charset=utf-8";

    private readonly Dictionary<string, IReadOnlyList<string>> _checks = HealthChecks.Of(serverVersion);

    public bool Matches(RequestInfo info) =>
        Split(info.Path) is var (root, check) && _checks.TryGetValue(root, out var checks) && (check.Length == 0 || checks.Contains(check));

    public Task HandleAsync(ApiRequest request)
    {
        var (root, check) = Split(request.Info.Path);
        if (check.Length > 0)
        {
            // Go guesses the type of a single check, and so it carries no nosniff.
            return ResponseWriter.BytesAsync(request.Http, 200, PlainText, "ok"u8.ToArray());
        }

        if (faults.Has(FaultNames.StoreDown))
        {
            var report = Report(root, request.Info)
                .Replace("[+]etcd ok", "[-]etcd failed: reason withheld", StringComparison.Ordinal)
                .Replace("check passed", "check failed", StringComparison.Ordinal);
            return ResponseWriter.TextAsync(request.Http, 500, report);
        }

        var text = request.Info.Query.ContainsKey("verbose") ? Report(root, request.Info) : "ok";
        return ResponseWriter.TextAsync(request.Http, 200, text);
    }

    private string Report(string root, RequestInfo info)
    {
        var excluded = info.Query.TryGetValue("exclude", out var values) ? values.OfType<string>().Distinct().ToList() : [];
        var report = new StringBuilder();
        foreach (var check in _checks[root])
        {
            report.Append(excluded.Remove(check) ? $"[+]{check} excluded: ok\n" : $"[+]{check} ok\n");
        }

        if (excluded.Count > 0)
        {
            var unknown = excluded.Order(StringComparer.Ordinal).Select(GoFormat.Quote);
            report.Append($"warn: some health checks cannot be excluded: no matches for {string.Join(',', unknown)}\n");
        }

        return report.Append($"{root} check passed\n").ToString();
    }

    private static (string Root, string Check) Split(string path)
    {
        var trimmed = path[1..];
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (trimmed, "") : (trimmed[..slash], trimmed[(slash + 1)..]);
    }
}
