namespace KubeSa.Client.Errors;

/// <summary>What a call asks for, as far as failures must tell it.</summary>
/// <param name="Verb">The verb that a role would have to allow: get, list, create, patch.</param>
/// <param name="Resource">The resource in the plural, with its group where it has one: <c>deployments.apps</c>.</param>
/// <param name="Noun">The kind as people say it: "service account".</param>
/// <param name="Namespace">The namespace; null for all of them and for what has none.</param>
/// <param name="Name">The object; null for a list.</param>
internal sealed record ApiOperation(string Verb, string Resource, string Noun, string? Namespace = null, string? Name = null)
{
    /// <summary>The target of an error record: <c>namespace/name</c>, or as much of it as there is.</summary>
    internal string? Target => (Namespace, Name) switch
    {
        (null, null) => null,
        (null, _) => Name,
        (_, null) => Namespace,
        _ => $"{Namespace}/{Name}",
    };

    /// <summary>Where it was asked for, for use in a sentence.</summary>
    internal string Scope => Namespace is null ? "in the whole cluster" : $"in the namespace '{Namespace}'";
}
