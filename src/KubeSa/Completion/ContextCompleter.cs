using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Completion;

/// <summary>Completes the names of kubeconfig contexts; reads files and asks no server.</summary>
public sealed class ContextCompleter : IArgumentCompleter
{
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

    private static IReadOnlyList<Context> Contexts(string? kubeConfig)
    {
        try
        {
            return ClientLoadContext.Gateway.ReadContexts(kubeConfig);
        }
        catch (KubeApiException)
        {
            // Tab has no place for an error; the command itself will say what is wrong with the kubeconfig.
            return [];
        }
    }
}
