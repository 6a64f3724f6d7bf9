using System.Diagnostics;
using KubeSa.Api;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>
/// Ten thousand broken inputs for each reader, always the same ones: none may do anything but read or fail with a
/// KubeApiException, in little time and memory.
/// </summary>
public sealed class MutationTests
{
    private const int Inputs = 10_000;
    private const long MostBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(2);

    private static readonly string[] Splices =
    [
        "\0", "\ud800", "---\n", "&a ", "*a ", "<<: *a\n", "{", "}", "[", "]", "\"", "'", ": ", "\n- ", "!!binary ", "|\n", ">-\n", "%YAML 1.2\n",
        "\\u", "\t", "null", "1e999", "-", ".", "..", "\r", "\uFEFF", "? ", "\n", "=", "eyJ", "kind: List\nitems:\n", "#", ",", "99999999999999999999",
    ];

    [Fact]
    public void Token_reader_survives_mutated_tokens()
    {
        string[] seeds =
        [
            Jwts.Make(Jwts.Bound), Jwts.Make("{}"), Recordings.TokensIn(Recordings.Read("kubernetes-1.20", "20-05-before-request-auto").GetRawText()).Single(),
        ];
        var read = Run(seeds, (text, random) =>
        {
            // Half of them are broken inside the JSON, where base64 would else hide it.
            var parts = text.Split('.');
            if (parts.Length == 3 && random.Next(2) == 0)
            {
                var payload = Mutate(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(parts[1]), random);
                text = Jwts.Make(payload, signature: parts[2]);
            }
            else
            {
                text = Mutate(text, random);
            }

            TokenReader.Read(text);
        });
        Assert.InRange(read, 100, Inputs - 100);
    }

    [Fact]
    public void Secret_reader_survives_mutated_texts()
    {
        string[] seeds =
        [
            SecretTexts.Yaml("a", ca: "x"), SecretTexts.Yaml("a", ca: "x") + "---\n" + SecretTexts.Yaml("b", ca: "y"),
            SecretTexts.Json("a"), "[" + SecretTexts.Json("a") + "," + SecretTexts.Json("b") + "]",
            "kind: List\nitems:\n- &a\n  kind: Secret\n  metadata: {name: a}\n- <<: *a\n  type: kubernetes.io/service-account-token\n",
        ];
        var read = Run(seeds, (text, random) =>
        {
            foreach (var secret in SecretReader.Read(Mutate(text, random)))
            {
                SecretDecoder.Decode(secret, asPlainText: random.Next(2) == 0, _ => { });
            }
        });
        Assert.InRange(read, 100, Inputs - 100);
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{\"a\":", 100_000)]
    [InlineData("- ", 20_000)]
    [InlineData("{a: ", 20_000)]
    [InlineData("? ", 20_000)]
    public void Secret_reader_refuses_deep_nesting(string part, int times)
    {
        var watch = Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(part, times));
        Assert.Equal(FailureKind.InvalidSecret, Assert.Throws<KubeApiException>(() => SecretReader.Read(text).Count()).Kind);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static int Run(string[] seeds, Action<string, Random> read)
    {
        var random = new Random(20170611);
        var succeeded = 0;
        for (var i = 0; i < Inputs; i++)
        {
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
            }

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, LongestInput);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - bytes, 0, MostBytes);
        }

        return succeeded;
    }

    private static string Mutate(string text, Random random)
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
}
