using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubeSa;

/// <summary>
/// The hosts that NO_PROXY names, as Go reads it (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config): names,
/// which count for all below them, too; <c>.name</c> and <c>*.name</c>, which count for those below alone; addresses and
/// networks; any of them but a network with a port; <c>*</c> for everything.
/// </summary>
internal sealed class NoProxyRules
{
    private const string Everything = "*";

    private readonly List<(string Entry, Func<string, IPAddress?, int, bool> Matches)> _rules = [];

    internal static NoProxyRules Parse(string? list)
    {
        var rules = new NoProxyRules();
        foreach (var entry in (list ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(entry.ToLowerInvariant()) is { } matches)
            {
                rules._rules.Add((entry, matches));
            }
        }

        return rules;
    }

    /// <summary>Whether a server is this machine: an address of its loopback, or localhost (RFC 6761). No proxy is asked for it.</summary>
    internal static bool IsThisMachine(Uri server) =>
        IPAddress.TryParse(server.IdnHost, out var address)
            ? IPAddress.IsLoopback(address)
            : server.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>The entry that names the host; null for none.</summary>
    internal string? Find(string host, int port)
    {
        var name = host.Trim().ToLowerInvariant();
        var address = Address(name);
        return _rules.Where(rule => rule.Matches(name, address, port)).Select(rule => rule.Entry).FirstOrDefault();
    }

    private static Func<string, IPAddress?, int, bool>? Read(string entry)
    {
        if (entry == Everything)
        {
            return (_, _, _) => true;
        }

        if (entry.Split('/') is [var first, var bits] && Address(first) is { } network)
        {
            return int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= Bytes(network).Length * 8
                ? (_, address, _) => address is not null && IsIn(Bytes(address), Bytes(network), prefix)
                : null;
        }

        var (host, port) = Split(entry);
        if (host.Length == 0)
        {
            return null;
        }

        if (Address(host) is { } one)
        {
            return (_, address, to) => address is not null && Bytes(address).AsSpan().SequenceEqual(Bytes(one)) && IsPort(port, to);
        }

        var below = Ascii(host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host[0] == '.' ? host : $".{host}");
        var itself = host[0] == '.' || host.StartsWith("*.", StringComparison.Ordinal) ? null : below[1..];
        return (name, _, to) => (name.EndsWith(below, StringComparison.Ordinal) || name == itself) && IsPort(port, to);
    }

    // host:port and [address]:port; anything else is a host alone.
    private static (string Host, string? Port) Split(string entry)
    {
        var colon = entry.LastIndexOf(':');
        if (colon < 0)
        {
            return (entry, null);
        }

        var (host, port) = (entry[..colon], entry[(colon + 1)..]);
        return host is ['[', .. var inner, ']'] ? (inner, port) : host.Contains(':', StringComparison.Ordinal) ? (entry, null) : (host, port);
    }

    private static bool IsPort(string? asked, int port) => string.IsNullOrEmpty(asked) || asked == port.ToString(CultureInfo.InvariantCulture);

    // The framework takes 10 and 010.0.0.1 for addresses, too.
    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : text.AsSpan().IndexOfAny('[', '%') < 0)
            ? address
            : null;

    private static byte[] Bytes(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();

    private static bool IsIn(byte[] address, byte[] network, int prefix) =>
        address.Length == network.Length
        && Enumerable.Range(0, prefix).All(bit => ((address[bit / 8] ^ network[bit / 8]) >> (7 - (bit % 8)) & 1) == 0);

    private static string Ascii(string host)
    {
        try
        {
            return "." + new IdnMapping().GetAscii(host[1..]);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }
}
