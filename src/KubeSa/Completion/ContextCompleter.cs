using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KubeSa.Api;
using KubeSa.Connections;
using KubeSa.Loading;

namespace KubeSa.Completion;

/// <summary>Completes the names of kubeconfig contexts; reads files and asks no server.</summary>
public sealed class ContextCompleter : IArgumentCompleter
{
    private static volatile Reading? _newest;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        return Contexts(fakeBoundParameters["KubeConfig"] as string)
            .Where(context => CompletionText.Matches(context.Name, wordToComplete))
            .Select(context => CompletionText.Result(context.Name, $"{context.Name}: {context.User} at {context.Server}"));
    }

    // Read anew when a file has changed, and in the background: there are kubeconfigs of a megabyte.
    private static IReadOnlyList<Context> Contexts(string? kubeConfig)
    {
        var options = new ConnectionOptions
        {
            KubeConfig = kubeConfig is null ? null : RunspaceLocation.Resolve(kubeConfig) ?? kubeConfig,
            WorkingDirectory = RunspaceLocation.Here,
        };
        var stamp = ConnectionFingerprint.Of(options);
        var reading = _newest;
        var isFirst = reading is null || reading.Stamp != stamp || reading.Contexts.IsFaulted;
        if (isFirst)
        {
            reading = new Reading(stamp, Task.Run(() => ClientLoadContext.Gateway.ReadContexts(options, CancellationToken.None)));
            _newest = reading;
        }

        return CompletionTimeout.Wait(reading!.Contexts, isFirst) ?? [];
    }

    private sealed record Reading(string Stamp, Task<IReadOnlyList<Context>> Contexts);
}
