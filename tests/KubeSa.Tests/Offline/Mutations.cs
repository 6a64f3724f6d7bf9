using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>
/// Breaks inputs at random, and holds whoever reads them to our own failures, two seconds and 300 MB. The same inputs in
/// every run; KUBESA_MUTATIONS sets another number of them than 2,000 for each reader (build.ps1 -Task Fuzz: 20,000), and
/// KUBESA_MUTATION_SEED others.
/// </summary>
internal static class Mutations
{
    private const long MostBytes = 300L * 1024 * 1024;

    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    // Raw pieces of JSON of another type than any that stands there, or of no sensible size.
    private static readonly string[] Values =
    [
        "null", "7", "-1", "1e999", "99999999999999999999", "1.5", "true", "\"\"", "\"text\"", "\"\\ud800\"", "\"\\u0000\"", "\"a\\nb\"", "[]", "{}", "[null]", "[[]]", "[7]",
        "{\"a\":null}", "{\"\\udc00\":1}", "{\"a\":1,\"a\":2}", "\"2026-13-99T99:99:99Z\"", "\"0001-01-01T00:00:00+14:00\"", new string('[', 60) + new string(']', 60), new string('[', 2000),
        $"\"{new string('x', 100_000)}\"",
    ];

    private static readonly string[] Splices =
    [
        "\0", "\ud800", "---\n", "&a ", "*a ", "<<: *a\n", "<<: [*a, *a]\n", "{", "}", "[", "]", "\"", "'", ": ", "\n- ", "!!binary ", "|\n", ">-\n", "%YAML 1.2\n",
        "\\u", "\\ud800", "\t", "null", "1e999", "-", ".", "..", "...\n", "\r", "\uFEFF", "? ", "\n", "=", "eyJ", "kind: List\nitems:\n", "#", ",", "99999999999999999999",
        "a0: &a0 [x]\na1: &a1 [*a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0]\na2: &a2 [*a1, *a1, *a1, *a1, *a1, *a1, *a1, *a1]\na3: [*a2, *a2, *a2, *a2, *a2, *a2, *a2, *a2]\n",
    ];

    /// <summary>How many inputs each reader gets.</summary>
    internal static int Inputs { get; } = Number("KUBESA_MUTATIONS", 2_000);

    /// <summary>How many could be read. On a thread of its own: one that hangs fails the test instead of hanging it, too.</summary>
    internal static int Run(string[] seeds, Action<string, Random> read)
    {
        // One of the pool's, on which calls stay that need not wait: only there the bytes are counted that they take.
        var run = Task.Run(() => ReadAll(seeds, read));
        Assert.True(Task.WaitAny([run], LongestRun) == 0, $"{Inputs} inputs are not read after {LongestRun}.");
        return run.GetAwaiter().GetResult();
    }

    /// <summary>Breaks a text of any kind in one to four places.</summary>
    internal static string Mutate(string text, Random random)
    {
        for (var times = random.Next(1, 5); times > 0 && text.Length > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, Splices[random.Next(Splices.Length)]),
                3 => text[..at] + (char)random.Next(1, 256) + text[(at + 1)..],
                4 => text[..at],
                _ => text[..at] + Splices[random.Next(Splices.Length)] + text[(at + length)..],
            };
        }

        return text;
    }

    /// <summary>Puts something of another type, or nothing, in place of one to three values of a JSON text.</summary>
    internal static string MutateJson(string json, Random random)
    {
        var root = JsonNode.Parse(json)!;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var places = Places(root).ToList();
            if (places.Count == 0)
            {
                break;
            }

            var (parent, name, index) = places[random.Next(places.Count)];
            var value = JsonValue.Create($"@{random.Next(Values.Length)}@");
            switch (parent, random.Next(8))
            {
                case (JsonObject fields, 0):
                    fields.Remove(name!);
                    break;
                case (JsonObject fields, _):
                    fields[name!] = value;
                    break;
                case (JsonArray items, _):
                    items[index] = value;
                    break;
            }
        }

        // What is no good JSON, or none that the library would write, comes in at the end.
        return System.Text.RegularExpressions.Regex.Replace(
            root.ToJsonString(), "\"@([0-9]+)@\"", match => Values[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]);
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Places(field.Value).Prepend((fields, field.Key, 0))),
        JsonArray items => items.SelectMany((item, index) => Places(item).Prepend((items, null, index))),
        _ => [],
    };

    private static int ReadAll(string[] seeds, Action<string, Random> read)
    {
        var seed = Number("KUBESA_MUTATION_SEED", 20170611);
        var succeeded = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var random = new Random(seed + i);
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                read(seeds[i % seeds.Length], random);
                succeeded++;
            }
            catch (KubeApiException e)
            {
                Assert.Null(e.InnerException);
                Assert.True(e.Kind != FailureKind.InternalError, $"Input {i} of {Inputs}: {e.Details}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"Input {i} of {Inputs}: {e}");
            }

            Assert.True(watch.Elapsed < LongestInput, $"Input {i} of {Inputs} took {watch.Elapsed}.");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - bytes < MostBytes, $"Input {i} of {Inputs} took {GC.GetAllocatedBytesForCurrentThread() - bytes} bytes.");
        }

        return succeeded;
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}
