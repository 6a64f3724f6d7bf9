using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Api;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>
/// How a kubeconfig wants its credential plugin run
/// (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
/// </summary>
internal sealed class ExecSettings
{
    private const string V1 = "client.authentication.k8s.io/v1";
    private const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    // Under this name a cluster's extensions hold what its plugins are to be told.
    private const string Extension = "client.authentication.k8s.io/exec";

    private static readonly string[] SecretNames = ["token", "secret", "password", "key", "credential"];

    internal required string UserName { get; init; }

    internal required string File { get; init; }

    internal required string ApiVersion { get; init; }

    internal required string Command { get; init; }

    internal IReadOnlyList<string> Arguments { get; init; } = [];

    internal IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What the plugin is given that may be a credential, by what it is called.</summary>
    internal IEnumerable<string> Secrets => Environment.Where(entry => IsSecret(entry.Key)).Select(entry => entry.Value)
        .Concat(Arguments.Zip(Arguments.Skip(1)).Where(pair => IsSecret(pair.First)).Select(pair => pair.Second))
        .Concat(Arguments.Where(argument => argument.StartsWith('-') && IsSecret(argument.Split('=')[0]))
            .Select(argument => argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    internal string? InstallHint { get; init; }

    /// <summary>Whether the plugin is told of the cluster.</summary>
    internal bool ProvidesClusterInfo { get; init; }

    /// <summary>Whether it gets the terminal, to ask the user for what it needs.</summary>
    internal bool IsInteractive { get; init; }

    /// <summary>The value of KUBERNETES_EXEC_INFO.</summary>
    internal required string Info { get; init; }

    internal static ExecSettings Read(KubeConfigEntry user, KubeConfigEntry cluster, bool hasTerminal)
    {
        var exec = user.Fields.Child("exec")!;
        var version = exec.Text("apiVersion");
        if (version is not (V1 or V1Beta1))
        {
            throw exec.Invalid($"the credential plugin of the user '{user.Name}' is for '{version}'; known are {V1} and {V1Beta1}");
        }

        var isInteractive = IsInteractiveBy(exec, user.Name, hasTerminal);
        return new ExecSettings
        {
            UserName = user.Name,
            File = exec.File,
            ApiVersion = version,
            Command = exec.Text("command") ?? throw exec.Invalid($"the credential plugin of the user '{user.Name}' has no command"),
            Arguments = exec.Texts("args"),
            Environment = exec.Children("env")
                .Select(entry => KeyValuePair.Create(entry.Text("name") ?? string.Empty, entry.Text("value") ?? string.Empty))
                .Where(entry => entry.Key.Length > 0)
                .ToList(),
            InstallHint = exec.Text("installHint"),
            ProvidesClusterInfo = exec.Flag("provideClusterInfo"),
            IsInteractive = isInteractive,
            Info = InfoFor(version, isInteractive, exec.Flag("provideClusterInfo") ? cluster.Fields : null),
        };
    }

    private static bool IsSecret(string name) =>
        SecretNames.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsInteractiveBy(KubeConfigNode exec, string userName, bool hasTerminal) => exec.Text("interactiveMode") switch
    {
        "Never" => false,
        null or "IfAvailable" => hasTerminal,
        "Always" => hasTerminal ? true : throw exec.Invalid($"the credential plugin of the user '{userName}' wants a terminal (interactiveMode: Always), and there is none here"),
        _ => throw exec.Invalid($"'interactiveMode' of the user '{userName}' is none of Never, IfAvailable and Always"),
    };

    private static string InfoFor(string version, bool isInteractive, KubeConfigNode? cluster)
    {
        var spec = new JsonObject { ["interactive"] = isInteractive };
        if (cluster is not null)
        {
            spec["cluster"] = ClusterInfo(cluster);
        }

        return new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = version, ["spec"] = spec }.ToJsonString();
    }

    private static JsonObject ClusterInfo(KubeConfigNode cluster)
    {
        var info = new JsonObject
        {
            ["server"] = cluster.Text("server"),
            ["tls-server-name"] = cluster.Text("tls-server-name"),
            ["insecure-skip-tls-verify"] = cluster.Flag("insecure-skip-tls-verify"),
            ["certificate-authority-data"] = cluster.Text("certificate-authority-data")
                ?? (cluster.FilePath("certificate-authority") is { } path ? Convert.ToBase64String(Encoding.UTF8.GetBytes(TextFile.Read(path))) : null),
            ["proxy-url"] = cluster.Text("proxy-url"),
            ["disable-compression"] = cluster.Flag("disable-compression") ? true : null,
            ["config"] = cluster.Children("extensions").FirstOrDefault(entry => entry.Text("name") == Extension)?.Json("extension"),
        };
        foreach (var absent in info.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            info.Remove(absent);
        }

        return info;
    }
}
