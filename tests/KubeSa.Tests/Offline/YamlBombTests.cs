using System.Diagnostics;
using KubeSa.Api;
using KubeSa.Client.Config.KubeConfig;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>Few lines that unfold to gigabytes, in every reader of YAML: refused at once, by name.</summary>
public sealed class YamlBombTests : IDisposable
{
    private const long MostBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-bombs-");

    public static TheoryData<string> Bombs => new("doubling aliases", "lists of aliases", "merge keys", "a chain of merge keys", "a wide merge");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_text_with_Secrets_is_refused(string kind)
    {
        var problem = Bounded(() => Assert.Single(SecretTexts.Read(Bomb(kind) + "kind: Secret\n")).Problem)!;
        Assert.Equal(FailureKind.InvalidSecret, problem.Kind);
        Assert.Contains("aliases", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_kubeconfig_is_refused(string kind)
    {
        var failure = Bounded(() => Assert.Throws<KubeApiException>(
            () => Contexts.Read(Write(Bomb(kind) + "contexts: []\n"), _ => null, stop: TestContext.Current.CancellationToken)));
        Assert.Equal(FailureKind.KubeConfigInvalid, failure.Kind);
        Assert.Contains("aliases", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void What_a_plugin_is_to_be_told_is_refused(string kind)
    {
        var bomb = string.Concat(Bomb(kind).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"        {line}\n"));
        var file = Write(
            "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n"
            + "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: none, interactiveMode: Never, provideClusterInfo: true}}}]\n"
            + "clusters:\n- name: c\n  cluster:\n    server: https://127.0.0.1:1\n    extensions:\n    - name: client.authentication.k8s.io/exec\n      extension:\n"
            + bomb);
        var failure = Bounded(() => Assert.Throws<KubeApiException>(() => new KubeSa.Client.KubeGateway().Connect(
            new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = file })));
        Assert.Equal(FailureKind.KubeConfigInvalid, failure.Kind);
    }

    [Fact]
    public void Ordinary_repetition_is_read()
    {
        var text = "all:\n- &a {x: [1, 2, 3], y: {z: w}}\n" + string.Concat(Enumerable.Repeat("- {<<: *a, n: m}\n- *a\n", 2000)) + "kind: Secret\n";
        Assert.Equal("Secret", Assert.Single(SecretTexts.Read(text)).Kind);
    }

    [Fact]
    public void Ctrl_C_ends_the_reading()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Contexts.Read(Write("contexts: []\n"), _ => null, stop: stop.Token));
    }

    private static T Bounded<T>(Func<T> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var result = read();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        return result;
    }

    private static string Bomb(string kind) => kind switch
    {
        "doubling aliases" => "a0: &a0 [x]\n" + Lines(40, i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]"),
        "lists of aliases" => "a0: &a0 [{kind: Secret}]\n" + Lines(40, i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 40))}]"),
        "merge keys" => "a0: &a0 {x: y}\n" + Lines(40, i => $"a{i}: &a{i} {{<<: *a{i - 1}, b: *a{i - 1}, c: *a{i - 1}}}"),
        "a chain of merge keys" => "a0: &a0 {x0: y}\n" + Lines(5000, i => $"a{i}: &a{i} {{<<: *a{i - 1}, x{i}: y}}"),
        "a wide merge" => "w: &w\n" + Lines(1000, i => $"  x{i}: y") + "m:\n" + Lines(5000, i => "- {<<: *w}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(1, count).Select(i => line(i) + "\n"));

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "config");
        File.WriteAllText(file, text);
        return file;
    }
}
