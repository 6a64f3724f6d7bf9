using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeSa.Formatting;

/// <summary>
/// Replaces what tells whose cluster it is by words like &lt;namespace-1&gt;, the same value by the same word everywhere, so
/// that a reader can still follow.
/// </summary>
internal sealed partial class TicketRedactor
{
    // Every cluster has these; and without them a report cannot be understood.
    private static readonly HashSet<string> Common =
    [
        "default", "kube-system", "kube-public", "kube-node-lease", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local", "https://kubernetes.default.svc", "https://kubernetes.default.svc.cluster.local",
        "kubernetes/serviceaccount", "k3s", "rke2", "api", "localhost", "127.0.0.1", "::1", "CN=kubernetes", "CN=kube-apiserver",
        "/var/run/secrets/kubernetes.io/serviceaccount", "view", "edit", "admin",
    ];

    private static readonly HashSet<string> Addresses = ["url", "host", "issuer", "audience", "folder", "certificate"];

    private readonly Dictionary<string, string> _words = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<(Regex Value, string Word)> _known;
    private readonly bool _keepNames;

    /// <param name="telling">The values to replace, by the kind of thing they are.</param>
    /// <param name="keepNames">Replace addresses alone.</param>
    internal TicketRedactor(IEnumerable<(string Kind, string Value)> telling, bool keepNames)
    {
        _keepNames = keepNames;
        _known =
        [
            .. telling
                .Where(entry => !keepNames || Addresses.Contains(entry.Kind))
                .Where(entry => !Common.Contains(entry.Value))
                .Select(entry => (entry.Value, Word: WordFor(entry.Kind, entry.Value)))
                .OrderByDescending(entry => entry.Value.Length)
                .Select(entry => (WholeWord(entry.Value), entry.Word)),
        ];
    }

    internal string On(string text)
    {
        foreach (var (value, word) in _known)
        {
            text = value.Replace(text, word);
        }

        text = Url().Replace(text, found => Replace("url", found.Value));
        text = Address().Replace(text, found => Replace("host", found.Value));
        text = ServerMessageNames.Mail().Replace(text, found => Replace("mail", found.Value));
        text = ServerMessageNames.Host().Replace(text, found => ServerMessageNames.IsOfKubernetes(found.Value) ? found.Value : Replace("host", found.Value));
        return _keepNames ? text : WithoutNames(text);
    }

    /// <summary>What else a server names in its sentences, which no evidence says.</summary>
    private string WithoutNames(string text)
    {
        text = ServerMessageNames.Account().Replace(text, found => $"system:serviceaccount:{Replace("namespace", found.Groups[1].Value)}:{Replace("account", found.Groups[2].Value)}");
        text = ServerMessageNames.AfterNoun().Replace(text, found => $"{found.Groups[1].Value}{Replace("name", found.Groups[2].Value)}");
        return ServerMessageNames.Quoted().Replace(text, found =>
            found.Value.Contains('<', StringComparison.Ordinal) || ServerMessageNames.IsOfKubernetes(found.Groups[1].Value)
                ? found.Value
                : $"\"{Replace("name", found.Groups[1].Value)}\"");
    }

    private string Replace(string kind, string value) => Common.Contains(value) ? value : WordFor(kind, value);

    private string WordFor(string kind, string value)
    {
        if (!_words.TryGetValue(value, out var word))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            word = _words[value] = string.Create(CultureInfo.InvariantCulture, $"<{kind}-{number}>");
        }

        return word;
    }

    // Part of a longer name counts, too: what is called after an account gives its name away.
    private static Regex WholeWord(string value) =>
        new($"(?<![A-Za-z0-9<]){Regex.Escape(value)}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"https?://[^\s'"",;)<]+[^\s'"",;)<.]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Url();

    // IPv4; and IPv6, which unlike a time of day has two colons together or more than three.
    [GeneratedRegex(@"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){1,7}:[0-9a-fA-F:]*[0-9a-fA-F]|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
