namespace KubeSa.Help;

/// <summary>What the assembly and its comments tell of a cmdlet.</summary>
/// <param name="Verb">The verb of its name.</param>
/// <param name="Noun">The noun of its name.</param>
/// <param name="Synopsis">What it does, in a sentence or two; a paragraph each.</param>
/// <param name="ParameterSets">The names of its parameter sets, the default one first; one null where it has none.</param>
/// <param name="Parameters">Its parameters, its own first, then those of its base classes.</param>
/// <param name="Outputs">What it writes to the pipeline; empty where it writes nothing.</param>
internal sealed record CmdletDescription(
    string Verb,
    string Noun,
    IReadOnlyList<string> Synopsis,
    IReadOnlyList<string?> ParameterSets,
    IReadOnlyList<ParameterDescription> Parameters,
    IReadOnlyList<OutputDescription> Outputs)
{
    /// <summary>Where its page can be read; null where it has none.</summary>
    internal string? OnlinePage { get; init; }

    internal string Name => $"{Verb}-{Noun}";
}
