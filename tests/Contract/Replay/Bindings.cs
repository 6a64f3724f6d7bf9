using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeSa.Contract.Replay;

/// <summary>Which value of ours stands for which recorded one: bound when first met, the same ever after.</summary>
/// <param name="startup">
/// The last version of the recorded server's own startup, which put its objects in an order of its own; on 1.20 all are such: its
/// controllers never stop adding token Secrets at their own pace.
/// </param>
/// <param name="clock">The sandbox's: a recorded day was its recording's today.</param>
internal sealed class Bindings(long startup, TimeProvider clock)
{
    private readonly Dictionary<(string Kind, string Recorded), string> _forward = [];
    private readonly Dictionary<(string Kind, string Actual), string> _backward = [];
    private readonly SortedDictionary<long, long> _versions = [];

    private string Today => clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Null when the two may stand for each other, else why not.</summary>
    public string? Bind(string kind, string recorded, string actual) => kind switch
    {
        // Times and numbers only have to look alike.
        "number" or "address" or "elision" => null,
        "time" => Remember(recorded, actual),
        "day" => actual == Today ? null : $"day {recorded} is {actual}, but should be {Today}",
        "version" => BindVersion(long.Parse(recorded), long.Parse(actual)),
        "continue" => BindContinue(recorded, actual),
        "jwt64" => Bind("jwt", Decode(recorded), Decode(actual)),
        "pem64" => Bind("pem", Decode(recorded), Decode(actual)),
        _ => BindExactly(kind, recorded, actual),
    };

    /// <summary>Ours for a recorded value, or null when it was not met.</summary>
    public string? Find(string kind, string recorded) => kind switch
    {
        "version" => _versions.TryGetValue(long.Parse(recorded), out var version) ? version.ToString() : null,
        _ => _forward.GetValueOrDefault((kind, recorded)),
    };

    /// <summary>Puts ours for every recorded value in a text; one that was not met stays.</summary>
    public string Substitute(string text) => VolatileValues.Pattern().Replace(text, match => Find(VolatileValues.KindOf(match), match.Value) ?? match.Value);

    // Several of our moments may stand for one recorded second; a request that quotes it means the latest.
    private string? Remember(string recorded, string actual)
    {
        _forward[("time", recorded)] = actual;
        return null;
    }

    private string? BindExactly(string kind, string recorded, string actual)
    {
        if (!_forward.TryAdd((kind, recorded), actual) && _forward[(kind, recorded)] != actual)
        {
            return $"{kind} {Short(recorded)} was {Short(_forward[(kind, recorded)])} before and is {Short(actual)} now";
        }

        // Requested twice in one second, 1.20 gives the same token: it has nothing random in it.
        return kind == "jwt" || _backward.TryAdd((kind, actual), recorded) || _backward[(kind, actual)] == recorded
            ? null
            : $"{kind} {Short(actual)} stands for {Short(_backward[(kind, actual)])} already, not for {Short(recorded)}";
    }

    // Other writers were at work on the recorded server, so several of its versions may be one of ours; their order holds.
    private string? BindVersion(long recorded, long actual)
    {
        if (_versions.TryGetValue(recorded, out var known))
        {
            return known == actual ? null : $"resourceVersion {recorded} was {known} before and is {actual} now";
        }

        if (recorded <= startup)
        {
            _versions.Add(recorded, actual);
            return null;
        }

        var earlier = _versions.Where(v => v.Key < recorded && v.Key > startup).Select(v => v.Value).DefaultIfEmpty(0).Max();
        var later = _versions.Where(v => v.Key > recorded).Select(v => v.Value).DefaultIfEmpty(long.MaxValue).Min();
        if (actual < earlier || actual > later)
        {
            return $"resourceVersion {recorded} is {actual}, but lies between versions that are {earlier} and {later}";
        }

        _versions.Add(recorded, actual);
        return null;
    }

    private string? BindContinue(string recorded, string actual)
    {
        var (theirs, ours) = (ContinueOf(recorded), ContinueOf(actual));
        if (ours is null || theirs is null || theirs["start"]?.ToString() != ours["start"]?.ToString() || theirs["v"]?.ToString() != ours["v"]?.ToString())
        {
            return $"continue {theirs?.ToJsonString()} is {ours?.ToJsonString() ?? actual}";
        }

        _forward[("continue", recorded)] = actual;
        var (version, our) = ((long)theirs["rv"]!, (long)ours["rv"]!);
        return version < 0 || our < 0 ? version == our ? null : $"continue rv {version} is {our}" : BindVersion(version, our);
    }

    private static JsonObject? ContinueOf(string token)
    {
        var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
        return JsonNode.Parse(Convert.FromBase64String(padded)) as JsonObject;
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";
}
