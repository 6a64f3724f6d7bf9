using KubeSa.Analysis.Use;
using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Use;

/// <summary>Aggregates: however a log is cut and in whatever order its parts are merged, the result is that of a single read.</summary>
public sealed class AggregateTests
{
    [Fact]
    public void Parts_merge_in_any_order_to_what_a_single_read_gives()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var lines = Lines(random, 400);
            var whole = Canonical(Log.Read([.. lines]));
            var parts = lines.GroupBy(_ => random.Next(5)).Select(part => AggregateJson.Write(Log.Read([.. part]))).ToArray();
            random.Shuffle(parts);
            var merged = new UseAggregate();
            foreach (var part in parts)
            {
                // Half of them are merged in twos first, as in a tree.
                var next = AggregateText.Read(part, "part");
                merged.Merge(next);
            }

            merged.Coverage.Files = 1;
            Assert.Equal(whole, Canonical(merged));
        }
    }

    [Fact]
    public void What_is_saved_is_read_again_as_it_was()
    {
        var aggregate = Log.Read([.. Lines(new Random(1), 300)]);
        var text = AggregateJson.Write(aggregate);
        Assert.DoesNotContain('\n', text);
        Assert.Equal(Canonical(aggregate), Canonical(AggregateText.Read(text, "x")));
    }

    [Fact]
    public void Names_beyond_the_kept_ones_are_counted_together_alike_in_any_order()
    {
        var lines = Enumerable.Range(0, 2000).Select(i => Log.Event("get", name: $"n-{i * 7919 % 2000:0000}")).ToList();
        var whole = Log.Read([.. lines]);
        Assert.Equal(NamedUses.Most + 1, UseList.Of(whole).Count());
        Assert.Equal(2000, UseList.Of(whole).Sum(use => use.Count));
        Assert.True(UseList.Of(whole).Single(use => use.HasMoreNames).Count == 2000 - NamedUses.Most);
        lines.Reverse();
        var merged = Log.Read([.. lines[..700]]);
        merged.Merge(Log.Read([.. lines[700..]]));
        merged.Coverage.Files = 1;
        Assert.Equal(Canonical(whole), Canonical(merged));
    }

    [Fact]
    public void A_request_that_two_parts_hold_counts_once()
    {
        var merged = Log.Read(Log.Event("watch", id: "a", stage: "ResponseStarted"), Log.Event("get", id: "b"));
        merged.Merge(AggregateText.Read(AggregateJson.Write(Log.Read(Log.Event("watch", id: "a"), Log.Event("get", id: "b"), Log.Event("get", id: "c"))), "x"));
        Assert.Equal([("get", 2L), ("watch", 1L)], UseList.Of(merged).Select(use => (use.Verb, use.Count)));
        Assert.Equal(2, merged.Coverage.Repeated);
    }

    [Fact]
    public void What_is_kept_has_a_bound_however_long_the_log_is()
    {
        var ids = new SeenIds(1000);
        for (var i = 1; i <= 50_000; i++)
        {
            ids.Add((ulong)i, 0);
        }

        Assert.InRange(ids.All.Count(), 1000, 2000);
        Assert.True(ids.TryGet(50_000, out _) && ids.TryGet(49_001, out _));
        var stats = UseList.Of(Log.Read([.. Enumerable.Range(0, 500).Select(i => Log.Event("get", pod: $"p-{i}"))])).Single();
        Assert.True(stats is { Count: 500, Pods.Length: 64, HasMore: true });
    }

    [Theory]
    [InlineData("{}", "not one")]
    [InlineData("[]", "not one")]
    [InlineData("x", "damaged")]
    [InlineData("""{"kind":"AccessUseAggregate","version":2}""", "update the module")]
    [InlineData("""{"kind":"AccessUseAggregate","version":1}""", "damaged")]
    public void Text_that_is_no_aggregate_is_refused(string text, string why)
    {
        var failure = Assert.Throws<KubeApiException>(() => AggregateText.Read(text, "a.json"));
        Assert.Equal(FailureKind.InvalidAuditLog, failure.Kind);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_aggregate_is_refused_and_breaks_nothing()
    {
        var random = new Random(5);
        var good = AggregateJson.Write(Log.Read([.. Lines(random, 20)]));
        for (var round = 0; round < 3000; round++)
        {
            var text = good.ToCharArray();
            text[random.Next(text.Length)] = (char)random.Next(32, 127);
            try
            {
                AggregateText.Read(new string(text), "x");
            }
            catch (KubeApiException failure)
            {
                Assert.Equal(FailureKind.InvalidAuditLog, failure.Kind);
            }
        }
    }

    private static List<string> Lines(Random random, int count)
    {
        string Pick(params string[] of) => of[random.Next(of.Length)];
        var lines = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var time = new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(60_000)).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", null);
            var verb = Pick("get", "list", "watch", "create", "update", "patch", "delete");
            var line = Log.Event(
                verb, Pick("pods", "secrets", "configmaps", "deployments"), Pick("system:serviceaccount:a:x", "system:serviceaccount:b:y", "jane"), Pick("one", "two", "three-abcde"),
                Pick("a", "b"), decision: Pick("allow", "allow", "allow", "forbid"), code: random.Next(4) == 0 ? 201 : 200, time: time, pod: Pick("web-7c9f6b4d5-x2x4z", "web-0", "job-29384750-bcdfg"),
                more: random.Next(6) == 0 ? ",\"impersonatedUser\":{\"username\":\"system:serviceaccount:c:z\"}" : string.Empty, id: new Guid(random.Next(), 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]).ToString());
            lines.Add(line);
            if (verb == "watch")
            {
                lines.Add(line.Replace("ResponseComplete", "ResponseStarted", StringComparison.Ordinal));
            }

            if (random.Next(10) == 0)
            {
                lines.Add(line);
            }

            if (random.Next(40) == 0)
            {
                lines.Add(line[..random.Next(20, line.Length - 1)]);
            }
        }

        return [.. lines.OrderBy(_ => random.Next())];
    }

    /// <summary>All that is saved but for the memory of ids, whose order is not that of the reading.</summary>
    private static string Canonical(UseAggregate aggregate)
    {
        var text = AggregateJson.Write(aggregate);
        return text[..text.IndexOf("\"contributions\"", StringComparison.Ordinal)];
    }
}
