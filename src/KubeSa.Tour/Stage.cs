using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using KubeSa.Tour.Hosting;

namespace KubeSa.Tour;

/// <summary>A PowerShell engine with the module of this checkout, which shows what is typed and what comes of it.</summary>
internal sealed class Stage : IDisposable
{
    private readonly Terminal _terminal = new();
    private readonly Runspace _runspace;

    internal Stage()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(new TourHost(_terminal), state);
        _runspace.Open();
        Invoke($"Import-Module '{Path.Combine(Root, "KubeSa.psd1")}' -ErrorAction Stop");
    }

    private static string Root => typeof(Stage).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public void Dispose() => _runspace.Dispose();

    /// <summary>Tells what comes next.</summary>
    internal void Say(string text)
    {
        _terminal.Line();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            _terminal.Line("# " + line, Terminal.Green);
        }
    }

    /// <summary>Shows a command, runs it and shows its output as a session would.</summary>
    internal Outcome Run(string command)
    {
        _terminal.Write("PS> ", Terminal.Bold);
        _terminal.Line(command);
        var output = Invoke(command);
        Show(output);
        return new Outcome(command, output);
    }

    /// <summary>Ends what the story has started, however it went.</summary>
    internal void Close() => Invoke("Stop-KubeSandbox");

    private PSDataCollection<PSObject> Invoke(string command)
    {
        using var shell = PowerShell.Create(_runspace);
        var output = new PSDataCollection<PSObject>();
        shell.AddScript(command, useLocalScope: false).Invoke(null, output);
        if (shell.HadErrors)
        {
            throw new StoryException($"'{command}' failed: {shell.Streams.Error.FirstOrDefault()}");
        }

        return output;
    }

    private void Show(PSDataCollection<PSObject> output)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Out-Default").Invoke(output);
    }
}
