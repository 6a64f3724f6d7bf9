using System.Diagnostics;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Config.KubeConfig;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Awkward kubeconfigs, and whether we see in them what <c>kubectl config view --minify</c> sees.</summary>
public sealed class KubectlAgreementTests : IDisposable
{
    private const string Rest = """

        clusters: [{name: c, cluster: {server: "https://c:6443"}}, {name: d, cluster: {server: "https://d:6443"}}]
        users: [{name: u, user: {token: t}}]
        """;

    private static readonly Dictionary<string, string[]> Cases = new()
    {
        ["plain"] = ["current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u, namespace: shop}}]" + Rest],
        ["JSON"] = ["""{"current-context":"x","contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{"server":"https://c"}}],"users":[{"name":"u","user":{}}]}"""],
        ["JSON with tabs"] = ["{\n\t\"current-context\": \"x\",\n\t\"contexts\": [\n\t\t{\"name\": \"x\", \"context\": {\"cluster\": \"c\"}}\n\t],\n\t\"clusters\": [{\"name\": \"c\", \"cluster\": {\"server\": \"https://c\"}}]\n}\n"],
        ["no current context"] = ["contexts: [{name: x, context: {cluster: c, user: u}}]" + Rest],
        ["current context that is not there"] = ["current-context: z\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest],
        ["current context empty"] = ["current-context: ''\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest],
        ["no user"] = ["current-context: x\ncontexts: [{name: x, context: {cluster: c}}]" + Rest],
        ["namespace empty"] = ["current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u, namespace: ''}}]" + Rest],
        ["names with everything"] = ["current-context: \"a b/c:d@é\"\ncontexts: [{name: \"a b/c:d@é\", context: {cluster: \"ü: #\", user: u}}]\nclusters: [{name: \"ü: #\", cluster: {server: 'https://c'}}]\nusers: [{name: u, user: {}}]"],
        ["anchors and merges"] = ["current-context: x\nbase: &b {cluster: c, user: u, namespace: shop}\ncontexts: [{name: x, context: {<<: *b, namespace: web}}]" + Rest],
        ["document marks and comments"] = ["# first\n---\ncurrent-context: x # here\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest + "\n...\n"],
        ["carriage returns"] = [("current-context: x\ncontexts:\n- name: x\n  context:\n    cluster: c\n    user: u" + Rest).ReplaceLineEndings("\r\n")],
        ["byte order mark"] = ["\ufeffcurrent-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest],
        ["unknown fields"] = ["colors: true\npreferences: {colors: true}\nextensions: [{name: e, extension: {a: [1, 2]}}]\ncurrent-context: x\ncontexts: [{name: x, context: {cluster: c, user: u, extensions: [{name: e, extension: {z: 1}}]}}]" + Rest],
        ["lists that are null"] = ["current-context: x\ncontexts: null\nclusters: ~\nusers:\n"],
        ["quoted numbers"] = ["current-context: '7'\ncontexts: [{name: '7', context: {cluster: '8', user: u, namespace: '9'}}]\nclusters: [{name: '8', cluster: {server: 'https://8'}}]\nusers: [{name: u, user: {}}]"],
        ["folded text"] = ["current-context: >-\n  x\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest],
        ["the same name twice"] = ["current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}, {name: x, context: {cluster: d, user: u}}]" + Rest],
        ["two files"] = ["contexts: [{name: x, context: {cluster: c, user: u}}]" + Rest, "current-context: z\ncontexts: [{name: z, context: {cluster: d, user: u, namespace: shop}}]"],
        ["two files that differ"] = ["current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://first'}}]", "current-context: z\ncontexts: [{name: x, context: {cluster: d, user: v, namespace: shop}}]\nclusters: [{name: c, cluster: {server: 'https://second'}}]\nusers: [{name: u, user: {}}]"],
        ["an empty file first"] = ["", "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest],
        ["a broken file second"] = ["current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]" + Rest, "clusters: ["],
        ["no YAML"] = ["\tcurrent-context: x"],
        ["no mapping"] = ["- a\n- b"],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-kubectl-").FullName;

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Sees_what_kubectl_sees(string name)
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(kubectl is null, "kubectl is not installed.");

        var files = Cases[name].Select((text, i) => Write($"config{i}", text)).ToList();
        var list = string.Join(Path.PathSeparator, files);
        Assert.Equal(await KubectlAsync(kubectl!, list), Ours(list));
    }

    private static string Ours(string list)
    {
        try
        {
            var context = Contexts.Read(null, variable => variable == "KUBECONFIG" ? list : null).SingleOrDefault(c => c.IsCurrent);
            return context is null ? "none" : $"{context.Name}|{context.Server}|{context.User}|{context.Namespace}";
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.KubeConfigInvalid)
        {
            return "none";
        }
    }

    private async Task<string> KubectlAsync(string kubectl, string list)
    {
        var start = new ProcessStartInfo(kubectl, ["config", "view", "--minify", "--raw", "-o", "json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = list;
        start.Environment["HOME"] = _folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode != 0)
        {
            Assert.NotEmpty(await error);
            return "none";
        }

        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        var context = First(root, "contexts")?.GetProperty("context");
        return $"{root.GetProperty("current-context").GetString()}|{Text(First(root, "clusters")?.GetProperty("cluster"), "server")}|{Text(context, "user")}|{Text(context, "namespace") ?? "default"}";
    }

    private static JsonElement? First(JsonElement root, string list) =>
        root.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().FirstOrDefault() : null;

    private static string? Text(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } node && node.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 } value ? value : null;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
