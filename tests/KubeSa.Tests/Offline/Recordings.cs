using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeSa.Tests.Offline;

/// <summary>The recorded exchanges with real servers, as files.</summary>
internal static partial class Recordings
{
    internal static readonly string[] Versions = ["kubernetes-1.20", "kubernetes-1.36"];

    internal static IEnumerable<string> Files(string version) =>
        Directory.EnumerateFiles(Path.Combine(Root(), version), "*.json").Order(StringComparer.Ordinal);

    internal static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    internal static JsonElement Read(string version, string name) => Read(Files(version).Single(f => NameOf(f) == name));

    internal static string Body(string version, string name) =>
        Read(version, name).GetProperty("response").GetProperty("body").GetRawText();

    internal static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    /// <summary>Every token that stands in a text, plain or in base64 as in Secrets.</summary>
    internal static IReadOnlySet<string> TokensIn(string text)
    {
        var tokens = PlainToken().Matches(text).Select(m => m.Value).ToHashSet();
        tokens.UnionWith(EncodedToken().Matches(text).Select(m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Value))));
        return tokens;
    }

    /// <summary>The token in the answer that an exchange gives decoded.</summary>
    internal static string? TokenInAnswer(JsonElement exchange)
    {
        var body = exchange.GetProperty("response").GetProperty("body");
        return body.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object
                && status.TryGetProperty("token", out var plain)
            ? plain.GetString()
            : body.TryGetProperty("data", out var data) && data.TryGetProperty("token", out var encoded)
                ? Encoding.UTF8.GetString(encoded.GetBytesFromBase64())
                : null;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KubeSa.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "Contract", "recordings");
    }

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]*")]
    private static partial Regex PlainToken();

    [GeneratedRegex(@"(?<="")ZXlK[\w+/=]+(?="")")]
    private static partial Regex EncodedToken();
}
