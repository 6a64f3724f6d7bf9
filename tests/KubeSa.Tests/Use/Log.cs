using System.Text;
using KubeSa.Analysis.Use;
using KubeSa.Tests.Engine;

namespace KubeSa.Tests.Use;

/// <summary>Makes logs of events, and reads them.</summary>
internal static class Log
{
    internal const string App = "system:serviceaccount:rec-audit:app";

    internal static string Recorded(string name, string version = "1.36") =>
        File.ReadAllText(Directory.GetFiles(Path.Combine(Repository.Root, "tests", "KubeSa.Tests", "Use", "Recorded", version), name + "*").Single());

    /// <summary>An event that a few words tell, all else as a server writes it.</summary>
    internal static string Event(
        string verb, string? resource = "pods", string user = App, string? name = null, string? ns = "team-a", string group = "", string? subresource = null, string uri = "/x",
        string? decision = "allow", int code = 200, string stage = "ResponseComplete", string? id = null, string time = "2026-11-02T10:00:00.000000Z", string more = "", string? pod = null, string? reason = null)
    {
        string Field(string field, string? value) => value is null ? string.Empty : $",\"{field}\":\"{value}\"";
        var about = resource is null ? string.Empty : $",\"objectRef\":{{\"resource\":\"{resource}\"{Field("namespace", ns)}{Field("name", name)}{Field("apiGroup", group.Length == 0 ? null : group)}{Field("subresource", subresource)},\"apiVersion\":\"v1\"}}";
        var annotations = decision is null ? string.Empty : $",\"annotations\":{{\"authorization.k8s.io/decision\":\"{decision}\",\"authorization.k8s.io/reason\":\"{reason}\"}}";
        var extra = pod is null ? string.Empty : $",\"extra\":{{\"authentication.kubernetes.io/pod-name\":[\"{pod}\"],\"authentication.kubernetes.io/node-name\":[\"node-1\"]}}";
        return $"{{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"{id ?? Guid.NewGuid().ToString()}\",\"stage\":\"{stage}\",\"requestURI\":\"{uri}\",\"verb\":\"{verb}\","
            + $"\"user\":{{\"username\":\"{user}\"{extra}}},\"sourceIPs\":[\"127.0.0.1\"],\"userAgent\":\"test/1.0\"{about},\"responseStatus\":{{\"metadata\":{{}},\"code\":{code}}},"
            + $"\"requestReceivedTimestamp\":\"{time}\",\"stageTimestamp\":\"{time}\"{annotations}{more}}}";
    }

    internal static UseAggregate Read(params string[] texts) => Read(out _, texts);

    internal static UseAggregate Read(out LogProblems problems, params string[] texts) => Read(Encoding.UTF8.GetBytes(string.Join('\n', texts)), out problems);

    internal static UseAggregate Read(byte[] bytes, out LogProblems problems, Func<string, bool>? isWanted = null, DateTimeOffset? since = null)
    {
        var aggregate = new UseAggregate();
        var reader = new AuditLogReader(aggregate, new LogFilter(since, isWanted ?? (_ => true)), CancellationToken.None);
        problems = reader.Read(LogSource.Unpack(new MemoryStream(bytes)));
        return aggregate;
    }

    internal static List<AccessUse> Uses(params string[] texts) => [.. UseList.Of(Read(texts))];
}
