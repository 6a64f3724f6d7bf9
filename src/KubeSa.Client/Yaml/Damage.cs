namespace KubeSa.Client.Yaml;

/// <summary>Stands in place of a document, or of a value in it, that cannot be read. Whoever needs the value says why.</summary>
/// <param name="why">Why, as half a sentence that quotes nothing of the text: "it is not valid YAML in line 7".</param>
internal sealed class Damage(string why)
{
    internal string Why { get; } = why;
}
