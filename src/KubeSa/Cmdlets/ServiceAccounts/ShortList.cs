using System.Globalization;

namespace KubeSa.Cmdlets;

/// <summary>A list in a sentence that stays readable however long the list is.</summary>
internal static class ShortList
{
    private const int Shown = 3;

    /// <summary><c>a, b, c and 12 more</c></summary>
    internal static string Of(IReadOnlyCollection<string> items) =>
        string.Join(", ", items.Take(Shown))
        + (items.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $" and {items.Count - Shown} more") : string.Empty);

    /// <summary><c>1 pod</c>, <c>2 pods</c></summary>
    internal static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
