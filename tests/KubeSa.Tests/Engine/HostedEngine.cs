using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace KubeSa.Tests.Engine;

/// <summary>A real PowerShell engine with the module imported, as a user's session is; only the core cmdlets are there.</summary>
internal sealed class HostedEngine : IDisposable
{
    private readonly Runspace _runspace;

    internal HostedEngine(bool import = true, PSHost? host = null)
    {
        var session = InitialSessionState.CreateDefault2();
        _runspace = host is null ? RunspaceFactory.CreateRunspace(session) : RunspaceFactory.CreateRunspace(host, session);
        _runspace.Open();
        if (import)
        {
            Run($"Import-Module '{Repository.Manifest}' -ErrorAction Stop").RequireNoErrors();
        }
    }

    internal Runspace Runspace => _runspace;

    public void Dispose() => _runspace.Dispose();

    /// <summary>Runs a script and gives back all it wrote to its streams.</summary>
    internal EngineResult Run(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        foreach (var argument in arguments)
        {
            shell.AddArgument(argument);
        }

        IReadOnlyList<PSObject> output = [];
        Exception? thrown = null;
        try
        {
            output = [.. shell.Invoke()];
        }
        catch (RuntimeException failure)
        {
            thrown = failure;
        }

        return new EngineResult(
            output,
            [.. shell.Streams.Error],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Debug.Select(record => record.Message)],
            [.. shell.Streams.Information.Select(record => record.ToString())],
            [.. shell.Streams.Progress.Select(record => $"{record.Activity}: {record.StatusDescription} {record.CurrentOperation}")],
            thrown);
    }

    internal void SetVariable(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);
}
