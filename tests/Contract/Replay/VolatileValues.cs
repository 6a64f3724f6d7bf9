using System.Text.RegularExpressions;

namespace KubeSa.Contract.Replay;

/// <summary>What differs from server to server and from run to run, and how to recognize it inside a text.</summary>
internal static partial class VolatileValues
{
    // The letters and digits Kubernetes makes random names of.
    private const string Suffix = "[bcdfghjklmnpqrstvwxz2456789]{5}";

    /// <summary>Each group of the pattern is a kind.</summary>
    [GeneratedRegex(
        @"(?<continue>eyJ2IjoibWV0YS5rOHMuaW8vdjEi[A-Za-z0-9_-]*)" +
        @"|(?<jwt>eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)" +
        @"|(?<jwt64>ZXlK[A-Za-z0-9+/]{60,}={0,2})" +
        @"|(?<pem64>LS0tLS1CRUdJTi[A-Za-z0-9+/]+={0,2})" +
        @"|(?<pem>-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n)" +
        @"|(?<=X509SHA256=)(?<digest>[0-9a-f]{64})" +
        @"|(?<uid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})" +
        @"|(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)" +
        @"|(?<day>\d{4}-\d\d-\d\d)(?![T\d-])" +
        @"|(?<address>127\.0\.0\.1:\d+)" +
        @"|(?<=too old resource version: \d+ \()(?<number>\d+)(?=\))" +
        @"|(?<=, current: )(?<number>\d+)" +
        @"|(?<=ResourceVersion in record \()(?<version>\d+)(?=\))" +
        @"|(?<elision>…)" +
        @"|(?<=[a-z0-9]-)(?<suffix>" + Suffix + @")(?![a-z0-9])",
        RegexOptions.ExplicitCapture)]
    public static partial Regex Pattern();

    [GeneratedRegex(@"^((\d+y)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?|<invalid>)$", RegexOptions.ExplicitCapture)]
    public static partial Regex Age();

    /// <summary>What an actual value of a kind looks like.</summary>
    public static string PatternOf(string kind) => kind switch
    {
        "continue" => "[A-Za-z0-9_-]+",
        "jwt" => @"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
        "jwt64" or "pem64" => "[A-Za-z0-9+/]+={0,2}",
        "pem" => @"-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n",
        "digest" => "[0-9a-f]{64}",
        "uid" => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "time" => @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z",
        "day" => @"\d{4}-\d\d-\d\d",
        "address" => @"127\.0\.0\.1:\d+",
        "suffix" => Suffix,
        "elision" => ".*",
        _ => @"\d+",
    };

    /// <summary>Which kind a match is of.</summary>
    public static string KindOf(Match match) => match.Groups.Cast<Group>().First(g => g.Success && g.Name != "0").Name;
}
