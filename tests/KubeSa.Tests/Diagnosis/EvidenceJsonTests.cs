using System.Text.Json.Nodes;
using KubeSa.Diagnosis;
using Xunit;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;

namespace KubeSa.Tests.Diagnosis;

public sealed class EvidenceJsonTests
{
    private static readonly AccessEvidence Full = Evidence.With(Token(due: Now, secret: "s", node: "n"))
        .Refused("[invalid bearer token]", Signature(false, false, "key-2")) with
    {
        Authorization = new AuthorizationEvidence { Answer = NoAnswer(StepOutcome.Reset), Allowed = false, Reason = "no rule" },
    };

    [Fact]
    public void Reads_back_all_that_it_wrote()
    {
        var json = EvidenceJson.Write(Full);
        Assert.DoesNotContain('\n', json);
        var read = EvidenceJson.Read(json);
        Assert.Equal(json, EvidenceJson.Write(read));
        Assert.Equal(json, EvidenceJson.Write(EvidenceJson.Read(EvidenceJson.Write(Full, indented: true))));
        Assert.Equal(AccessCause.SignatureKeyUnknown, AccessJudge.Judge(read).Cause);
        Assert.Equal((DateTimeKind.Local, Full.Token.Info!.ExpiresAt), (read.Token.Info!.ExpiresAt!.Value.Kind, read.Token.Info.ExpiresAt));
    }

    [Fact]
    public void Writes_names_times_and_durations_that_any_language_reads()
    {
        var json = JsonNode.Parse(EvidenceJson.Write(Evidence))!;
        Assert.Equal("kubesa.evidence/1", (string)json["schema"]!);
        var evidence = json["evidence"]!;
        Assert.Equal("2026-11-23T13:00:00Z", (string)evidence["token"]!["info"]!["expiresAt"]!);
        Assert.Equal(0.002, (double)evidence["network"]!["elapsed"]!);
        Assert.Equal("Done", (string)evidence["network"]!["outcome"]!);
        Assert.Null(evidence["token"]!["info"]!["isExpired"]);
        Assert.Null(evidence["administrator"]);
    }

    [Fact]
    public void Finds_the_last_evidence_in_a_log()
    {
        var json = EvidenceJson.Write(Evidence);
        string Block(string text) => $"{EvidenceMarkers.Begin}\n{text}\n{EvidenceMarkers.End}\n";
        Assert.Equal(json, EvidenceJson.Write(EvidenceJson.Read($"Welcome {{}}\n{Block("{ }")}WARNING: late\n{Block(json)}bye\n")));
        var stamped = string.Join('\n', Block(json).Split('\n').Select(line => $"[pod/a/probe] 2026-11-23T12:00:00.1Z {line}"));
        Assert.Equal(json, EvidenceJson.Write(EvidenceJson.Read(stamped)));
        Assert.Equal(json, EvidenceJson.Write(EvidenceJson.Read("\uFEFF" + json + "\r\n")));
    }

    [Fact]
    public void Passes_over_what_it_does_not_know_and_takes_null_for_left_out()
    {
        var json = JsonNode.Parse(EvidenceJson.Write(Evidence))!;
        json["evidence"]!["later"] = new JsonObject { ["a"] = 1 };
        json["evidence"]!["network"]!["addresses"] = new JsonArray("10.96.0.1", null);
        json["evidence"]!["tls"]!["chainProblems"] = null;
        json["evidence"]!["environment"]!["elapsed"] = null;
        Assert.Equal(EvidenceJson.Write(Evidence), EvidenceJson.Write(EvidenceJson.Read(json.ToJsonString())));
    }

    [Theory]
    [InlineData("", "not evidence")]
    [InlineData("nonsense", "not evidence")]
    [InlineData("[1]", "schema")]
    [InlineData("{}", "schema")]
    [InlineData("""{"schema":1}""", "schema")]
    [InlineData("""{"schema":"kubesa.evidence/2","evidence":{}}""", "does not know")]
    [InlineData("""{"schema":"kubesa.evidence/1"}""", "evidence")]
    [InlineData("""{"schema":"kubesa.evidence/1","evidence":null}""", "evidence")]
    [InlineData("""{"schema":"kubesa.evidence/1","evidence":{"clock":"2026-11-23T12:00:00Z"}}""", "question")]
    [InlineData("""{"schema":"kubesa.evidence/1","evidence":{"\ud800":1,"question":{"verb":"\ud800"}}}""", "not evidence")]
    public void Says_what_is_wrong_with_other_text(string text, string word)
    {
        var failure = Assert.Throws<FormatException>(() => EvidenceJson.Read(text));
        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("question.timeout", "-1")]
    [InlineData("network.elapsed", "1e300")]
    [InlineData("network.elapsed", "\"00:00:01\"")]
    [InlineData("network.outcome", "3")]
    [InlineData("network.outcome", "\"Sideways\"")]
    [InlineData("clock", "\"9999-12-31T23:59:59Z\"")]
    [InlineData("mount.path", "null")]
    public void Refuses_values_that_cannot_be(string path, string value)
    {
        var json = JsonNode.Parse(EvidenceJson.Write(Evidence))!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(json["evidence"]!, (node, step) => node[step]!);
        parent[steps[^1]] = JsonNode.Parse(value);
        Assert.Throws<FormatException>(() => EvidenceJson.Read(json.ToJsonString()));
    }

    [Fact]
    public void Reads_damaged_evidence_as_evidence_or_as_none_and_the_judge_judges_it()
    {
        var random = new Random(20170611);
        string[] values = ["null", "\"\"", "\"x\"", "0", "-1", "1e18", "true", "[]", "[null]", "{}", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\""];
        var read = 0;
        for (var i = 0; i < 3000; i++)
        {
            var json = JsonNode.Parse(EvidenceJson.Write(i % 2 == 0 ? Full : Evidence))!;
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                Change(json["evidence"]!.AsObject(), values[random.Next(values.Length)], random);
            }

            try
            {
                var evidence = EvidenceJson.Read(json.ToJsonString());
                read++;
                var report = AccessJudge.Judge(evidence);
                Assert.Equal(report.Success, report.Checks.All(c => c.Status != AccessCheckStatus.Fail));
            }
            catch (FormatException)
            {
                // That it is none is an answer, too.
            }
        }

        Assert.InRange(read, 300, 2700);
    }

    private static void Change(JsonObject parent, string value, Random random)
    {
        while (parent.Count > 0)
        {
            var name = parent.ElementAt(random.Next(parent.Count)).Key;
            if (parent[name] is JsonObject inner && inner.Count > 0 && random.Next(5) > 0)
            {
                parent = inner;
                continue;
            }

            parent[name] = JsonNode.Parse(value);
            return;
        }
    }
}
