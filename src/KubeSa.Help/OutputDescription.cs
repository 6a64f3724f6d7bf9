namespace KubeSa.Help;

/// <summary>A type that a cmdlet writes to the pipeline, and what its comment says it is.</summary>
internal sealed record OutputDescription(string Type, IReadOnlyList<string> Text);
