using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>Runs a credential plugin.</summary>
internal static class ExecProcess
{
    private const int LongestOutput = 4 * 1024 * 1024;

    /// <summary>What it wrote to its standard output. A plugin that is still running when the call is stopped is killed.</summary>
    internal static async Task<string> RunAsync(ExecSettings settings, CallContext call, CancellationToken stop)
    {
        settings.Secrets.ToList().ForEach(CredentialsInUse.Add);
        var mark = Guid.NewGuid().ToString("n");
        var isInteractive = settings.IsInteractive && call.MayPrompt;
        using var process = Start(settings, isInteractive, mark, call.WorkingDirectory);
        try
        {
            if (!isInteractive)
            {
                process.StandardInput.Close();
            }

            var error = ExecPluginStderr.ReadAsync(process.StandardError, settings.Command, call, stop);
            var output = await ReadAsync(process.StandardOutput, settings, stop).ConfigureAwait(false);
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
            return process.ExitCode == 0 ? output : throw Failed(settings, process.ExitCode, await error.ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is OperationCanceledException or KubeApiException)
        {
            // A plugin that ended by itself with an error has ended; what it left running is its own affair.
            if (failure is OperationCanceledException || !process.HasExited)
            {
                MarkedProcesses.Kill(process, mark);
            }

            throw;
        }
    }

    private static async Task<string> ReadAsync(TextReader output, ExecSettings settings, CancellationToken stop)
    {
        var all = new StringBuilder();
        var piece = new char[4096];
        while (await output.ReadAsync(piece, stop).ConfigureAwait(false) is var count and > 0)
        {
            if (all.Append(piece, 0, count).Length > LongestOutput)
            {
                throw new KubeApiException(
                    FailureKind.ExecPluginFailed,
                    $"The credential plugin '{settings.Command}' of the user '{settings.UserName}' writes more than {LongestOutput / 1024 / 1024} million characters, which is not a credential, and was killed.",
                    settings.File);
            }
        }

        return all.ToString();
    }

    private static Process Start(ExecSettings settings, bool isInteractive, string mark, string? workingDirectory)
    {
        var start = new ProcessStartInfo
        {
            FileName = Find(settings),
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = !isInteractive,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Directory.Exists(workingDirectory))
        {
            start.WorkingDirectory = workingDirectory;
        }

        foreach (var argument in settings.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        PluginEnvironment.Restore(start.Environment);
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = settings.Info;
        start.Environment[MarkedProcesses.Variable] = mark;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            throw NotThere(settings);
        }
    }

    /// <summary>
    /// The program: relative to the kubeconfig where the command is a path, else in PATH. Never in the current folder,
    /// where the framework would look first: anybody may have put something there.
    /// </summary>
    private static string Find(ExecSettings settings)
    {
        var isWindows = OperatingSystem.IsWindows();
        var command = ProgramPath.IsPath(settings.Command, isWindows)
            ? Path.GetFullPath(settings.Command, Path.GetDirectoryName(Path.GetFullPath(settings.File))!)
            : settings.Command;
        return ProgramPath.Find(command, Environment.GetEnvironmentVariable, isWindows, File.Exists) ?? throw NotThere(settings);
    }

    private static KubeApiException NotThere(ExecSettings settings)
    {
        var hint = SafeExcerpt.OfPlugin(settings.InstallHint) is { } text ? $" {text}" : string.Empty;
        return new KubeApiException(
            FailureKind.ExecPluginFailed,
            $"The credential plugin '{settings.Command}' of the user '{settings.UserName}' in '{settings.File}' cannot be started. See whether it is installed and in PATH.{hint}",
            settings.File);
    }

    private static KubeApiException Failed(ExecSettings settings, int code, string error)
    {
        var said = SafeExcerpt.OfPlugin(error) is { } text ? $": {text}" : ".";
        return new KubeApiException(
            FailureKind.ExecPluginFailed,
            string.Create(CultureInfo.InvariantCulture, $"The credential plugin '{settings.Command}' of the user '{settings.UserName}' failed with exit code {code}{said}"),
            settings.File);
    }
}
