using System.Globalization;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// The command by which a kubeconfig gets a fresh token by itself: kubectl where it is on PATH, else pwsh with this
/// module. Either asks with the kubeconfig and context of the connection.
/// </summary>
internal static class RefreshingCredential
{
    private const string Module = "KubeSa";
    private const string Template =
        """{"kind":"ExecCredential","apiVersion":"VERSION","spec":{"interactive":false},"status":{"token":"{{.status.token}}","expirationTimestamp":"{{.status.expirationTimestamp}}"}}""";

    // Every value comes by the environment, so that whatever it is called nothing of it is PowerShell.
    private const string Script =
        "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; Import-Module -Name $env:KUBESA_MODULE; "
        + "$options = @{ Name = $env:KUBESA_SERVICE_ACCOUNT; Namespace = $env:KUBESA_NAMESPACE; Context = $env:KUBESA_CONTEXT; WarningAction = 'Ignore' }; "
        + "if ($env:KUBESA_DURATION) { $options.Duration = [TimeSpan]::FromSeconds([int]$env:KUBESA_DURATION) }; "
        + "$token = New-KubeServiceAccountToken @options; "
        + "@{ kind = 'ExecCredential'; apiVersion = '" + CredentialCommand.Version + "'; spec = @{ interactive = $false }; status = @{ "
        + "token = ConvertFrom-SecureString $token.Token -AsPlainText; expirationTimestamp = $token.ExpiresAt.ToUniversalTime().ToString('s') + 'Z' } } | ConvertTo-Json -Compress";

    internal static CredentialCommand For(ConnectionInfo connection, TokenSpec token, Func<string, bool> isOnPath)
    {
        if (connection is not { Source: ConnectionSource.KubeConfig, KubeConfig: { } files, Context: { } context })
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"-Refreshing renews the token through the kubeconfig of the connection, and the one to {connection.Server} came from none. "
                + "Connect with Connect-KubeCluster -KubeConfig, or export with -Duration or -TokenSecret.",
                $"{token.Namespace}/{token.ServiceAccount}");
        }

        if (connection.ImpersonatedUser is { } user)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"-Refreshing renews the token as the user of the kubeconfig, not as '{user}', whom the connection impersonates. "
                + "Connect without -As, or export with -Duration or -TokenSecret.",
                $"{token.Namespace}/{token.ServiceAccount}");
        }

        var environment = new Dictionary<string, string> { ["KUBECONFIG"] = files };
        return isOnPath("kubectl")
            ? new CredentialCommand("kubectl", KubectlArguments(token, context), environment)
            : new CredentialCommand("pwsh", ["-NoProfile", "-NonInteractive", "-Command", Script], Values(environment, token, context));
    }

    internal static bool IsOnPath(string program) =>
        ProgramPath.Find(program, Environment.GetEnvironmentVariable, OperatingSystem.IsWindows(), File.Exists) is not null;

    private static List<string> KubectlArguments(TokenSpec token, string context)
    {
        List<string> arguments = ["create", "token", token.ServiceAccount, "--namespace", token.Namespace, "--context", context];
        if (token.Duration is not null)
        {
            arguments.AddRange(["--duration", Seconds(token) + "s"]);
        }

        return [.. arguments, "--output", $"go-template={Template.Replace("VERSION", CredentialCommand.Version, StringComparison.Ordinal)}"];
    }

    private static Dictionary<string, string> Values(Dictionary<string, string> environment, TokenSpec token, string context)
    {
        environment["KUBESA_MODULE"] = ModulePath(ModuleFolder.Root);
        environment["KUBESA_SERVICE_ACCOUNT"] = token.ServiceAccount;
        environment["KUBESA_NAMESPACE"] = token.Namespace;
        environment["KUBESA_CONTEXT"] = context;
        if (token.Duration is not null)
        {
            environment["KUBESA_DURATION"] = Seconds(token);
        }

        return environment;
    }

    /// <summary>
    /// What to import. Where the module is installed its folder is called after a version, beside those of others, and goes
    /// away with an update; the folder above is that of the module, whichever version is the newest there.
    /// </summary>
    internal static string ModulePath(string folder) =>
        Version.TryParse(Path.GetFileName(folder).Split('-')[0], out _) && Path.GetDirectoryName(folder) is { } above
        && Path.GetFileName(above).Equals(Module, StringComparison.OrdinalIgnoreCase)
            ? above
            : Path.Combine(folder, Module + ".psd1");

    private static string Seconds(TokenSpec token) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(token.Duration!.Value.TotalSeconds):0}");
}
