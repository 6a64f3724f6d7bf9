
namespace KubeSa.Client.Config.InCluster;

/// <summary>
/// What a pod finds in its environment variables. Outside a pod the file <c>kubernetes.env</c> in the mount stands
/// for them, with lines <c>NAME=value</c>: so a copied mount, or a sandbox's, knows its server.
/// </summary>
internal sealed class PodEnvironment
{
    internal const string FileName = "kubernetes.env";

    private readonly Func<string, string?> _variable;

    internal PodEnvironment(Func<string, string?> variable) => _variable = variable;

    /// <summary>Of the process.</summary>
    internal static PodEnvironment Process { get; } = new(Environment.GetEnvironmentVariable);

    internal string? this[string name] => _variable(name);

    /// <summary>Where the API server is; the process's own variables win over the mount's file.</summary>
    internal EnvironmentEvidence FindApiServer(string mountPath)
    {
        var host = _variable(ServiceEndpoint.HostVariable);
        var port = _variable(ServiceEndpoint.PortVariable);
        if (host is not null || port is not null)
        {
            return Evidence(EndpointSource.Environment, host, port) with { HostName = _variable("HOSTNAME") };
        }

        var values = MountFile.Read(Path.Combine(mountPath, FileName)).Text is { } text ? Parse(text) : [];
        return values.Count == 0
            ? new EnvironmentEvidence()
            : Evidence(
                EndpointSource.MountFile,
                values.GetValueOrDefault(ServiceEndpoint.HostVariable),
                values.GetValueOrDefault(ServiceEndpoint.PortVariable));
    }

    private static EnvironmentEvidence Evidence(EndpointSource source, string? host, string? port) => new()
    {
        Source = source,
        ServiceHost = host,
        ServicePort = port,
        ApiServer = ServiceEndpoint.From(host, port).Url?.GetLeftPart(UriPartial.Authority),
    };

    private static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Split('=', 2) is [{ Length: > 0 } name, var value] && name[0] != '#')
            {
                values[name] = value;
            }
        }

        return values;
    }
}
