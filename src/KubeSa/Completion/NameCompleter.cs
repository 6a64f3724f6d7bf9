using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubeSa.Completion;

/// <summary>Completes names of one kind; those who derive from it say which.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    private protected NameCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Names(fakeBoundParameters)
            .Where(name => CompletionText.Matches(name, wordToComplete))
            .Select(name => CompletionText.Result(name, name));

    private protected abstract IEnumerable<string> Names(IDictionary bound);
}
