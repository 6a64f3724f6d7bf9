using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Analysis.Use;
using Xunit;

namespace KubeSa.Tests.Use;

/// <summary>The forms in which audit logs are found: by line, in lists, wrapped up by collectors, packed, damaged, and those that are none.</summary>
public sealed class LogFormTests
{
    private static readonly string One = Log.Event("get", id: "00000000-0000-0000-0000-000000000001");
    private static readonly string Two = Log.Event("list", id: "00000000-0000-0000-0000-000000000002");

    public static TheoryData<string, string> Forms() => new()
    {
        { "lines", One + "\n" + Two },
        { "lines that end as on Windows, with blank ones", "\r\n" + One + "\r\n\r\n" + Two + "\r\n" },
        { "an EventList on a line", $"{{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{{}},\"items\":[{One},{Two}]}}" },
        { "an EventList whose members have no kind", $"{{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{{}},\"items\":[{Bare(One)},{Bare(Two)}]}}" },
        { "an EventList over lines", Pretty($"{{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{{}},\"items\":[{One},{Two}]}}") },
        { "events over lines", Pretty(One) + "\n" + Pretty(Two) },
        { "an array", $"[{One},\n{Two}]" },
        { "an array over lines", Pretty($"[{One},{Two}]") },
        { "a list of one on a line, and an event", $"{{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[{One}]}}\n{Two}" },
        { "CloudWatch, filter-log-events", Pretty($"{{\"events\":[{Message(One)},{Message(Two)}],\"searchedLogStreams\":[]}}") },
        { "CloudWatch, by subscription", $"{{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"/aws/eks/x/cluster\",\"logEvents\":[{Message(One)},{Message(Two)}]}}" },
        { "CloudWatch, exported", $"2026-11-25T16:55:35.309Z {One}\n2026-11-25T16:55:36.309Z {Two}" },
        { "Azure, on lines", $"{Azure(One)}\n{Azure(Two)}" },
        { "Azure, in records", $"{{\"records\":[{Azure(One)},{Azure(Two)}]}}" },
        { "a container's log", $"{Wrapped("log", One + "\n")}\n{Wrapped("log", Two + "\n")}" },
        { "a container's log by CRI", $"2026-11-25T16:55:35.309625Z stdout F {One}\n2026-11-25T16:55:35.309625Z stdout F {Two}" },
        { "Elasticsearch", $"{{\"_index\":\"audit\",\"_source\":{One}}}\n{{\"_index\":\"audit\",\"_source\":{Two}}}" },
        { "oc adm node-logs", $"master-0 {One}\nmaster-1 {Two}" },
        { "the journal", $"{Wrapped("MESSAGE", One)}\n{Wrapped("MESSAGE", Two)}" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_gives_the_same_events(string form, string text)
    {
        var aggregate = Log.Read(Encoding.UTF8.GetBytes(text), out var problems);
        Assert.Equal(["get pods in team-a", "list pods in team-a"], UseList.Of(aggregate).Select(use => use.Right));
        Assert.True(problems is { Events: 2, Damaged: 0, Others: 0 }, form);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void However_the_bytes_arrive_they_are_read_alike(string form, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var size in (int[])[1, 7, 64, 1000])
        {
            var aggregate = new UseAggregate();
            new AuditLogReader(aggregate, new LogFilter(null, _ => true), CancellationToken.None).Read(new Trickle(bytes, size));
            Assert.True(aggregate.Coverage is { Events: 2, Damaged: 0, Others: 0 }, $"{form} in pieces of {size}");
        }
    }

    [Fact]
    public void Bytes_are_unpacked_and_decoded_by_what_they_are()
    {
        var text = One + "\n" + Two + "\n";
        byte[] utf8 = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)];
        byte[] utf16 = [0xff, 0xfe, .. Encoding.Unicode.GetBytes(text)];
        byte[] members = [.. Packed(One + "\n"), .. Packed(Two + "\n")];
        foreach (var bytes in (byte[][])[utf8, utf16, Packed(text), members])
        {
            Assert.Equal(2, Log.Read(bytes, out var problems).Coverage.Events);
            Assert.Equal((0, 0, false), (problems.Damaged, problems.Others, problems.IsCut));
        }
    }

    [Fact]
    public void A_packed_log_that_breaks_off_is_read_as_far_as_it_goes_and_said_to_be_cut()
    {
        var packed = Packed(string.Join('\n', Enumerable.Range(0, 5000).Select(_ => Log.Event("get"))));
        var aggregate = Log.Read(packed[..(packed.Length * 2 / 3)], out var problems);
        Assert.InRange(aggregate.Coverage.Events, 1000, 4999);
        Assert.True(problems.IsCut);
    }

    [Theory]
    [InlineData(new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0 }, "zstd")]
    [InlineData(new byte[] { 0x50, 0x4b, 3, 4, 0 }, "zip")]
    [InlineData(new byte[] { 0x42, 0x5a, 0x68, 0x39, 0 }, "bzip2")]
    public void Other_packings_are_named(byte[] bytes, string name) =>
        Assert.Contains(name, Assert.Throws<NotSupportedException>(() => LogSource.Unpack(new MemoryStream(bytes))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","methodName":"io.k8s.core.v1.pods.list"}}""", "Google Cloud")]
    [InlineData("""{"eventVersion":"1.08","eventSource":"eks.amazonaws.com","awsRegion":"eu-west-1"}""", "CloudTrail")]
    [InlineData("""{"kind":"Event","apiVersion":"audit.k8s.io/v1beta1","auditID":"x","stage":"ResponseComplete"}""", "audit.k8s.io/v1beta1")]
    [InlineData("""{"kind":"Event","apiVersion":"v1","reason":"Pulled"}""", "kubectl get events")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1"}""", "Pod of v1")]
    [InlineData("""{"level":"info","msg":"hello"}""", "no audit event")]
    [InlineData("""2017-03-21T03:57:09.106841886-04:00 AUDIT: id="c939d2a7" stage="RequestReceived" ip="127.0.0.1" method="get" """, "legacy text format")]
    [InlineData("I1125 16:55:35.309625       1 controller.go:12] Starting", "klog")]
    public void Another_format_is_named(string line, string name)
    {
        var aggregate = Log.Read(out var problems, [.. Enumerable.Repeat(line, 30)]);
        Assert.Equal(0, aggregate.Coverage.Events);
        Assert.True(problems.IsOtherFormat(1));
        Assert.Contains(name, problems.OtherFormat, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_lines_are_counted_and_the_rest_is_read()
    {
        var aggregate = Log.Read(out var problems, Log.Recorded("28-90"));
        Assert.Equal((2, 2, 2), (aggregate.Coverage.Events, problems.Damaged, problems.FirstDamaged));
        Log.Read(out problems, Log.Event("get")[..200], Log.Event("get"), Log.Event("list") + Log.Event("get")[..50], "not json");
        Assert.Equal((1, 3, 1), (problems.Events, problems.Damaged, problems.FirstDamaged));
    }

    [Fact]
    public void An_event_forged_in_a_body_is_not_taken_for_one()
    {
        var forged = JsonSerializer.Serialize(Log.Event("delete", "secrets"));
        Assert.Equal(["create"], Log.Uses(Log.Event("create", more: $",\"requestObject\":{{\"data\":{forged},\"items\":[{Log.Event("delete")}]}}")).Select(use => use.Verb));
    }

    [Fact]
    public void A_line_longer_than_the_memory_is_damaged_and_the_next_one_is_read()
    {
        var giant = Log.Event("get", more: $",\"responseObject\":\"{new string('x', LogSplitter.LongestLine + 100)}\"");
        var aggregate = Log.Read(out var problems, Log.Event("list"), giant, Log.Event("watch"));
        Assert.Equal(["list", "watch"], UseList.Of(aggregate).Select(use => use.Verb));
        Assert.Equal(1, problems.Damaged);
        Assert.Equal(2, Log.Read(out _, Log.Event("list"), Log.Event("get", more: $",\"responseObject\":\"{new string('x', 3_000_000)}\"")).Uses.Count);
    }

    [Fact]
    public void Whatever_is_damaged_nothing_breaks_and_nothing_whole_is_lost()
    {
        var random = new Random(17);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(One + "\n" + Log.Event("patch", name: "x") + "\n" + Two + "\n");
            var start = Encoding.UTF8.GetByteCount(One) + 1;
            var end = bytes.Length - Encoding.UTF8.GetByteCount(Two) - 2;
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(start, end)] = (byte)random.Next(256);
            }

            var aggregate = Log.Read(bytes, out var problems);
            Assert.InRange(problems.Events + problems.Damaged + problems.Others, 3, 6);
            Assert.Contains("get", UseList.Of(aggregate).Select(use => use.Verb));
            Assert.Contains("list", UseList.Of(aggregate).Select(use => use.Verb));
        }
    }

    private static string Bare(string line)
    {
        var fields = JsonNode.Parse(line)!.AsObject();
        fields.Remove("kind");
        fields.Remove("apiVersion");
        return fields.ToJsonString();
    }

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static string Wrapped(string field, string line) => new JsonObject { ["stream"] = "stdout", [field] = line }.ToJsonString();

    private static string Message(string line) => new JsonObject { ["timestamp"] = 1764089735000, ["message"] = line, ["ingestionTime"] = 1 }.ToJsonString();

    private static string Azure(string line) => new JsonObject { ["category"] = "kube-audit", ["properties"] = new JsonObject { ["log"] = line, ["pod"] = "kube-apiserver-1" } }.ToJsonString();

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private sealed class Trickle(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);
    }
}
