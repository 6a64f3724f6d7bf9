using System.Diagnostics;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.KubeConfig;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;
using KubeSa.Tests.Engine;
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
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private static readonly string[] Splices =
    [
        "\0", "\ud800", "---\n", "&a ", "*a ", "<<: *a\n", "{", "}", "[", "]", "\"", "'", ": ", "\n- ", "!!binary ", "|\n", ">-\n", "%YAML 1.2\n",
        "\\u", "\t", "null", "1e999", "-", ".", "..", "\r", "\uFEFF", "? ", "\n", "=", "eyJ", "kind: List\nitems:\n", "#", ",", "99999999999999999999",
    ];

    private const string KubeConfigWithAllItsParts = """
        apiVersion: v1
        kind: Config
        current-context: a
        clusters:
        - name: c
          cluster: {server: "https://127.0.0.1:6443", tls-server-name: x, proxy-url: "http://127.0.0.1:3128", insecure-skip-tls-verify: true}
        - name: d
          cluster: {server: "https://[fd00::1]:6443", certificate-authority: ca.crt}
        users:
        - name: token
          user: {token: abc, as: jane, as-groups: [dev], as-uid: "7", as-user-extra: {scopes: [a, b]}}
        - name: file
          user: {tokenFile: token}
        - name: basic
          user: {username: u, password: p}
        - name: certificate
          user: {client-certificate: c.crt, client-key: c.key}
        - name: data
          user: {client-certificate-data: LS0t, client-key-data: LS0t}
        - name: exec
          user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: none, args: [a], env: [{name: A, value: b}], interactiveMode: Never}}
        contexts:
        - {name: a, context: {cluster: c, user: token, namespace: ns}}
        - {name: b, context: {cluster: d, user: file}}
        - {name: e, context: {cluster: c, user: basic}}
        - {name: f, context: {cluster: c, user: certificate}}
        - {name: g, context: {cluster: c, user: data}}
        - {name: h, context: {cluster: c, user: exec}}
        """;

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
            foreach (var secret in SecretTexts.Read(Mutate(text, random)))
            {
                SecretDecoder.Decode(secret, asPlainText: random.Next(2) == 0, _ => { });
            }
        });
        Assert.InRange(read, 100, Inputs - 100);
    }

    [Fact]
    public void Kubeconfig_reader_survives_mutated_files()
    {
        var folder = Directory.CreateTempSubdirectory("kubesa-mutations-");
        try
        {
            var file = Path.Combine(folder.FullName, "config");
            var samples = Path.Combine(Repository.Root, "tests", "KubeSa.Tests", "Client", "KubeConfigs");
            string[] seeds = [.. Directory.GetFiles(samples, "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText), KubeConfigWithAllItsParts];
            var read = Run(seeds, (text, random) =>
            {
                // Half of them are no UTF-8 where a mutation is no ASCII.
                File.WriteAllBytes(file, (random.Next(2) == 0 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(Mutate(text, random)));

                // Both of its readers, and each context of it: opening one reads its credentials.
                foreach (var context in Contexts.Read(file, _ => null, TestContext.Current.CancellationToken))
                {
                    new KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = file, Context = context.Name }).Dispose();
                }
            });
            Assert.InRange(read, 100, Inputs - 100);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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
        Assert.Equal(FailureKind.InvalidSecret, Assert.Single(SecretTexts.Read(text)).Problem!.Kind);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    /// <summary>On a thread of its own: one that hangs fails the test instead of hanging it, too.</summary>
    private static int Run(string[] seeds, Action<string, Random> read)
    {
        var run = Task.Factory.StartNew(() => ReadAll(seeds, read), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(Task.WaitAny([run], LongestRun) == 0, $"{Inputs} inputs are not read after {LongestRun}.");
        return run.GetAwaiter().GetResult();
    }

    private static int ReadAll(string[] seeds, Action<string, Random> read)
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
            catch (Exception e)
            {
                Assert.Fail($"Input {i} of {Inputs}: {e}");
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
