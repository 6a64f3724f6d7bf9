using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KubeSa.Api;
using KubeSa.Connections;

namespace KubeSa.Completion;

/// <summary>What stands on the command line when Tab is pressed.</summary>
/// <param name="Command">The command's name as it was typed.</param>
/// <param name="Word">The word that is being typed, without quotes.</param>
/// <param name="Bound">What the other parameters hold, as far as it can be told without running anything.</param>
/// <param name="Typed">The names of parameters that are typed, their values known or not.</param>
internal sealed record TabRequest(string Command, string Word, IDictionary Bound, IReadOnlyList<string> Typed)
{
    private static readonly string[] Choosing = ["Connection", "Context", "KubeConfig"];

    private static readonly string[] Opening = ["Connect-KubeCluster", "New-KubeConnection"];

    /// <summary>The namespace that the word itself names, as in <c>team-a/web</c>; null where it names none.</summary>
    internal string? NamespaceInWord => Word.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? Word[..slash] : null;

    /// <summary>What a parameter holds; the first where it holds several, null where it is not a text that is known.</summary>
    internal string? Text(string parameter) => Plain(Plain(Bound[parameter]) is object[] several ? several.FirstOrDefault() : Bound[parameter]) as string;

    /// <summary>Whether a switch or another parameter was typed.</summary>
    internal bool Has(string parameter) => Bound.Contains(parameter);

    /// <summary>
    /// The connection that the command would use; null where that is not known before it runs, for names of another cluster
    /// would be wrong ones.
    /// </summary>
    internal Task<Connection>? Cluster()
    {
        if (Has("Connection"))
        {
            return Plain(Bound["Connection"]) is Connection typed ? Task.FromResult(typed) : null;
        }

        var (context, file) = (Text("Context"), Text("KubeConfig"));
        if (Choosing.Any(IsUnknown) || Has("Server") || Has("InCluster") || Has("MountPath"))
        {
            return null;
        }

        var here = RunspaceConnections.Here;
        var opensAnother = Opening.Contains(Command.Split('\\')[^1], StringComparer.OrdinalIgnoreCase);
        return context is not null || file is not null
            ? here.Opening(new ConnectionOptions
            {
                Source = ConnectionSource.KubeConfig,
                Context = context,
                KubeConfig = file is null ? null : RunspaceLocation.Resolve(file) ?? file,
            })
            : here.Current is { } current && !opensAnother ? Task.FromResult(current)
            : here.Opening(new ConnectionOptions());
    }

    internal static IReadOnlyList<string> ParametersIn(CommandAst? command) =>
        [.. command?.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName) ?? []];

    // What has to be run first, as (New-KubeConnection other), is left out of what is bound.
    private bool IsUnknown(string parameter) =>
        Text(parameter) is null && (Has(parameter) || Typed.Any(typed => parameter.StartsWith(typed, StringComparison.OrdinalIgnoreCase)));

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
