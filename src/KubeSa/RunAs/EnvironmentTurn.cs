using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.RunAs;

/// <summary>
/// The environment of the process while a block runs as an account. There is one for all runspaces, so blocks have it one
/// inside another, in one runspace, or one after another, and never at the same time.
/// </summary>
internal sealed class EnvironmentTurn : IDisposable
{
    private static readonly object Gate = new();
    private static EnvironmentTurn? _innermost;

    private readonly object _runspace;
    private readonly EnvironmentTurn? _outer;
    private readonly Dictionary<string, string?> _before = [];
    private Dictionary<string, string?> _ofPlugins;
    private bool _keepsClouds;
    private IReadOnlyList<WildcardPattern> _keep = [];

    private EnvironmentTurn(object runspace, EnvironmentTurn? outer)
    {
        _runspace = runspace;
        _outer = outer;
        _ofPlugins = outer?._ofPlugins ?? [];
    }

    /// <summary>Takes the environment for a runspace; Conflict where another one has it.</summary>
    internal static EnvironmentTurn Take(object runspace, string target)
    {
        lock (Gate)
        {
            return _innermost is { } current && !ReferenceEquals(current._runspace, runspace)
                ? throw new KubeApiException(
                    FailureKind.Conflict,
                    "Another runspace of this process runs a block as a service account at this moment. Such a block sets KUBECONFIG and other environment variables, "
                    + "which all runspaces of a process share. Run the blocks one after another (ForEach-Object without -Parallel), or each in a process of its own (Start-Job).",
                    target)
                : _innermost = new EnvironmentTurn(runspace, _innermost);
        }
    }

    /// <summary>Takes away what is the caller's, and sets what is the account's.</summary>
    internal void Apply(IReadOnlyDictionary<string, string> ours, bool keepsClouds, IReadOnlyList<WildcardPattern> keep)
    {
        (_keepsClouds, _keep) = (keepsClouds, keep);
        foreach (var name in CallerVariables.Find(keepsClouds, keep).Union(ours.Keys))
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
        }

        // What the outermost block found is what its caller's credential plugins are used to.
        _ofPlugins = new Dictionary<string, string?>(_before.Concat(_ofPlugins).GroupBy(entry => entry.Key).Select(same => same.Last()));
        PluginEnvironment.Save(_ofPlugins);
        foreach (var name in _before.Keys)
        {
            Environment.SetEnvironmentVariable(name, ours.GetValueOrDefault(name));
        }
    }

    /// <summary>Brings back what was there before, and takes away what the block has set of the same kind.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_before.Count > 0)
            {
                foreach (var name in CallerVariables.Find(_keepsClouds, _keep).Except(_before.Keys))
                {
                    Environment.SetEnvironmentVariable(name, null);
                }

                foreach (var (name, value) in _before)
                {
                    Environment.SetEnvironmentVariable(name, value);
                }
            }

            PluginEnvironment.Save(_outer?._ofPlugins);
            _innermost = _outer;
        }
    }
}
