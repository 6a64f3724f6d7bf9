using System.Globalization;

namespace KubeSa;

/// <summary>
/// The API server's URL as a pod finds it: from KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT
/// (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/).
/// </summary>
internal sealed record ServiceEndpoint(Uri? Url, string? Problem)
{
    internal const string HostVariable = "KUBERNETES_SERVICE_HOST";
    internal const string PortVariable = "KUBERNETES_SERVICE_PORT";

    private const int HighestPort = 65535;

    /// <summary>The URL, or what is wrong with the two values.</summary>
    internal static ServiceEndpoint From(string? host, string? port)
    {
        if (string.IsNullOrEmpty(host))
        {
            return Wrong($"{HostVariable} is {(host is null ? "not set" : "empty")}");
        }

        if (host.Contains("://", StringComparison.Ordinal))
        {
            return Wrong($"{HostVariable} is the URL '{host}', where a host name or an address alone belongs");
        }

        // UriBuilder brackets an IPv6 address, but only one that has no brackets yet.
        var bare = host is ['[', .. var inner, ']'] ? inner : host;
        if (Uri.CheckHostName(bare) == UriHostNameType.Unknown)
        {
            return Wrong($"{HostVariable} is '{host}', which is neither a host name nor an address");
        }

        if (string.IsNullOrEmpty(port))
        {
            return Wrong($"{PortVariable} is {(port is null ? "not set" : "empty")}");
        }

        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= HighestPort
            ? new ServiceEndpoint(new UriBuilder(Uri.UriSchemeHttps, bare, number).Uri, null)
            : Wrong($"{PortVariable} is '{port}', which is not a port number from 1 to {HighestPort}");
    }

    private static ServiceEndpoint Wrong(string problem) => new(null, problem);
}
