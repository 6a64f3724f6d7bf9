using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Selectors;

/// <summary>A labelSelector: all of its requirements hold.</summary>
internal sealed class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    public bool IsEmpty => _requirements.Count == 0;

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(r => r(labels));

    /// <summary>Throws a 400 in the server's words.</summary>
    public static LabelSelector Parse(string text, ServerVersion serverVersion)
    {
        var selector = new LabelSelector();
        var tokens = new SelectorTokens(text);
        while (!tokens.AtEnd)
        {
            selector._requirements.Add(Requirement(tokens, serverVersion));
            if (!tokens.AtEnd)
            {
                tokens.Expect(",");
            }
        }

        return selector;
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Requirement(SelectorTokens tokens, ServerVersion serverVersion)
    {
        var negated = tokens.Skip("!");
        var key = tokens.Word("identifier");
        if (Names.QualifiedName(key) is { } wrong)
        {
            throw Unparsable(serverVersion.IsLegacy ? $"invalid label key \"{key}\": {wrong}" : $"key: Invalid value: \"{key}\": {wrong}");
        }

        if (negated)
        {
            return labels => !labels.ContainsKey(key);
        }

        if (tokens.AtEnd || tokens.Next == ",")
        {
            return labels => labels.ContainsKey(key);
        }

        var operation = tokens.Take();
        switch (operation)
        {
            case "=" or "==":
                var equal = Value(tokens, key, serverVersion);
                return labels => labels.TryGetValue(key, out var value) && value == equal;
            case "!=":
                var unequal = Value(tokens, key, serverVersion);
                return labels => !labels.TryGetValue(key, out var value) || value != unequal;
            case "in":
                var among = Values(tokens, key, serverVersion);
                return labels => labels.TryGetValue(key, out var value) && among.Contains(value);
            case "notin":
                var outside = Values(tokens, key, serverVersion);
                return labels => !labels.TryGetValue(key, out var value) || !outside.Contains(value);
            default:
                throw Unparsable($"found '{operation}', expected: in, notin, =, ==, !=, gt, lt");
        }
    }

    private static HashSet<string> Values(SelectorTokens tokens, string key, ServerVersion serverVersion)
    {
        tokens.Expect("(");
        var values = new HashSet<string>();
        do
        {
            values.Add(Value(tokens, key, serverVersion));
        }
        while (tokens.Skip(","));
        tokens.Expect(")");
        return values;
    }

    private static string Value(SelectorTokens tokens, string key, ServerVersion serverVersion)
    {
        var value = tokens.AtEnd || tokens.Next == "," ? "" : tokens.Word("identifier");
        if (Names.LabelValue(value) is not { } wrong)
        {
            return value;
        }

        throw Unparsable(serverVersion.IsLegacy
            ? $"invalid label value: \"{value}\": at key: \"{key}\": {wrong}"
            : $"values[0][{key}]: Invalid value: \"{value}\": {wrong}");
    }

    internal static ApiError Unparsable(string why) => ApiError.BadRequest($"unable to parse requirement: {why}");
}
