using System.Diagnostics;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;
using KubeSa.Cmdlets;
using KubeSa.Diagnosis;
using KubeSa.Formatting;
using KubeSa.Tests.Diagnosis;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>
/// Broken inputs for each reader of text, always the same ones: none may do anything but read or fail in our own words, in
/// little time and memory.
/// </summary>
public sealed class MutationTests
{
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
        var read = Mutations.Run(seeds, (text, random) =>
        {
            // Half of them are broken inside the JSON, where base64 would else hide it.
            var parts = text.Split('.');
            if (parts.Length == 3 && random.Next(2) == 0)
            {
                var payload = Mutations.Mutate(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(parts[1]), random);
                text = Jwts.Make(payload, signature: parts[2]);
            }
            else
            {
                text = Mutations.Mutate(text, random);
            }

            TokenReader.Read(text);
        });
        Assert.InRange(read, Mutations.Inputs / 50, Mutations.Inputs - (Mutations.Inputs / 50));
    }

    [Fact]
    public void Secret_reader_survives_mutated_texts()
    {
        string[] seeds =
        [
            SecretTexts.Yaml("a", ca: "x"), SecretTexts.Yaml("a", ca: "x") + "---\n" + SecretTexts.Yaml("b", ca: "y"),
            SecretTexts.AsJson("a"), "[" + SecretTexts.AsJson("a") + "," + SecretTexts.AsJson("b") + "]",
            "kind: List\nitems:\n- &a\n  kind: Secret\n  metadata: {name: a}\n- <<: *a\n  type: kubernetes.io/service-account-token\n",
        ];
        var read = Mutations.Run(seeds, (text, random) =>
        {
            KubeApiException? last = null;
            foreach (var secret in SecretTexts.Read(Mutations.Mutate(text, random)))
            {
                try
                {
                    SecretDecoder.Decode(secret, asPlainText: random.Next(2) == 0, _ => { });
                }
                catch (KubeApiException failure)
                {
                    // The others are read all the same.
                    last = failure;
                }
            }

            if (last is not null)
            {
                throw last;
            }
        });
        Assert.InRange(read, Mutations.Inputs / 50, Mutations.Inputs - (Mutations.Inputs / 50));
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
            var read = Mutations.Run(seeds, (text, random) =>
            {
                // Half of them are no UTF-8 where a mutation is no ASCII.
                File.WriteAllBytes(file, (random.Next(2) == 0 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(Mutations.Mutate(text, random)));

                // Both of its readers, and each context of it: opening one reads its credentials.
                foreach (var context in Contexts.Read(file, _ => null, stop: TestContext.Current.CancellationToken))
                {
                    new KubeGateway().Connect(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = file, Context = context.Name }).Dispose();
                }
            });
            Assert.InRange(read, Mutations.Inputs / 50, Mutations.Inputs - (Mutations.Inputs / 50));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Evidence_is_read_and_judged_or_refused()
    {
        string[] seeds = [EvidenceJson.Write(HealthyEvidence.Evidence), EvidenceJson.Write(HealthyEvidence.Evidence, indented: true), $"log\n{EvidenceMarkers.Begin}\n{EvidenceJson.Write(HealthyEvidence.Evidence)}\n{EvidenceMarkers.End}\n"];
        var read = Mutations.Run(seeds, (text, random) =>
        {
            var broken = random.Next(2) == 0 ? Mutations.Mutate(text, random) : Mutations.MutateJson(seeds[0], random);
            var report = AccessJudge.Judge(EvidenceText.Read(broken));
            AccessReportText.Of(report, 80);
            report.ToTicket();
        });
        Assert.InRange(read, Mutations.Inputs / 50, Mutations.Inputs - (Mutations.Inputs / 50));
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
}
