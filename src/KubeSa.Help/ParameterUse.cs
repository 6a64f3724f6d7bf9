namespace KubeSa.Help;

/// <summary>How a parameter is used in a parameter set.</summary>
/// <param name="Set">The set; null for all.</param>
/// <param name="Mandatory">Whether it must be given.</param>
/// <param name="Position">Its place without its name, from 0; null where the name is needed.</param>
/// <param name="ByValue">Whether piped objects are bound to it.</param>
/// <param name="ByPropertyName">Whether properties of its name, of piped objects, are bound to it.</param>
internal sealed record ParameterUse(string? Set, bool Mandatory, int? Position, bool ByValue, bool ByPropertyName);
