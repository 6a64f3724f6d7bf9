using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KubeSa.Sandbox.Nodes;

/// <summary>A container that runs: a process of this machine, and what it has written so far.</summary>
internal sealed class ContainerProcess : IDisposable
{
    // What a program needs of the machine to be found and to run; all else of the environment is the container's.
    private static readonly string[] Inherited = ["PATH", "DOTNET_ROOT", "SystemRoot"];

    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private ContainerProcess(Process process) => _process = process;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Null where there is no such program here.</summary>
    public static ContainerProcess? Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, string directory, Action<ContainerProcess, int> ended)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = directory };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var container = new ContainerProcess(process);
        process.OutputDataReceived += (_, line) => container.Write(line.Data);
        process.ErrorDataReceived += (_, line) => container.Write(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            process.Dispose();
            return null;
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = container.WaitAsync(ended);
        return container;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private async Task WaitAsync(Action<ContainerProcess, int> ended)
    {
        await _process.WaitForExitAsync();
        ended(this, _process.ExitCode);
    }

    private void Write(string? line)
    {
        lock (_log)
        {
            _log.Append(line).Append(line is null ? "" : "\n");
        }
    }
}
