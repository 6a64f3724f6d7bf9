using System.Globalization;

namespace KubeSa.Client.Yaml;

/// <summary>A document that would unfold to more than it may.</summary>
internal sealed class YamlBudgetException(long line) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"its aliases and merge keys unfold to more than {YamlComposer.MostRepeated:N0} values in line {line}, which is what a text does that is made to fill the memory"))
{
}
