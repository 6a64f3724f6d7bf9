namespace KubeSa.Api;

/// <summary>
/// The environment for credential plugins while that of the process is another one: a block of
/// Invoke-KubeServiceAccountCommand runs without the cloud variables of its caller, and the plugins that renew its token run as
/// the caller. One for the process, as its environment is.
/// </summary>
public static class PluginEnvironment
{
    private static volatile IReadOnlyDictionary<string, string?>? _saved;

    /// <summary>The variables as plugins are to have them, null for one that they are not to have; null where there is nothing to restore.</summary>
    public static void Save(IReadOnlyDictionary<string, string?>? variables) => _saved = variables;

    /// <summary>Gives the environment of a plugin that is about to be started the variables that were saved.</summary>
    public static void Restore(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var (name, value) in _saved ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                environment.Remove(name);
            }
            else
            {
                environment[name] = value;
            }
        }
    }
}
