using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KubeSa.Completion;

/// <summary>
/// Completes names of one kind; those who derive from it say which. Where there are none, PowerShell offers no file names
/// either.
/// </summary>
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
        IDictionary fakeBoundParameters)
    {
        var request = new TabRequest(commandName ?? string.Empty, CompletionText.Unquote(wordToComplete), fakeBoundParameters, TabRequest.ParametersIn(commandAst));
        return Names(request)
            .Where(name => Matches(name, request.Word))
            .Select(name => CompletionText.Result(name, name));
    }

    private protected abstract IEnumerable<string> Names(TabRequest request);

    private protected virtual bool Matches(string name, string word) => CompletionText.Matches(name, word);
}
