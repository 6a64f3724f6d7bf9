using System.Globalization;
using System.Text;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// The command by which a kubeconfig gets a fresh token by itself: kubectl where it is on PATH, else pwsh with this
/// module. Either asks with the kubeconfig and context of the connection.
/// </summary>
internal static class RefreshingCredential
{
    private const string Template =
        """{"kind":"ExecCredential","apiVersion":"VERSION","spec":{"interactive":false},"status":{"token":"{{.status.token}}","expirationTimestamp":"{{.status.expirationTimestamp}}"}}""";

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
            : new CredentialCommand("pwsh", ["-NoProfile", "-NonInteractive", "-Command", Script(token, context)], environment);
    }

    internal static bool IsOnPath(string program)
    {
        var name = OperatingSystem.IsWindows() ? $"{program}.exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
    }

    private static List<string> KubectlArguments(TokenSpec token, string context)
    {
        List<string> arguments = ["create", "token", token.ServiceAccount, "--namespace", token.Namespace, "--context", context];
        if (token.Duration is { } duration)
        {
            arguments.AddRange(["--duration", string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(duration.TotalSeconds):0}s")]);
        }

        return [.. arguments, "--output", $"go-template={Template.Replace("VERSION", CredentialCommand.Version, StringComparison.Ordinal)}"];
    }

    private static string Script(TokenSpec token, string context)
    {
        var manifest = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(RefreshingCredential).Assembly.Location)!, "..", "..", "KubeSa.psd1"));
        var script = new StringBuilder("$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; ");
        script.Append(CultureInfo.InvariantCulture, $"Import-Module {Quoted(manifest)}; ");
        script.Append(CultureInfo.InvariantCulture, $"$token = New-KubeServiceAccountToken {Quoted(token.ServiceAccount)} -Namespace {Quoted(token.Namespace)} -Context {Quoted(context)}");
        if (token.Duration is { } duration)
        {
            script.Append(CultureInfo.InvariantCulture, $" -Duration {Quoted(duration.ToString("c", CultureInfo.InvariantCulture))}");
        }

        script.Append(" -WarningAction Ignore; @{ kind = 'ExecCredential'; apiVersion = ").Append(Quoted(CredentialCommand.Version));
        script.Append("; spec = @{ interactive = $false }; status = @{ token = ConvertFrom-SecureString $token.Token -AsPlainText; ");
        return script.Append("expirationTimestamp = $token.ExpiresAt.ToUniversalTime().ToString('s') + 'Z' } } | ConvertTo-Json -Compress").ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
