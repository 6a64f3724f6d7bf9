namespace KubeSa.Client.Resources;

/// <summary>A page of a list as the server gave it.</summary>
/// <param name="Items">Its objects.</param>
/// <param name="Continue">Where the next page begins; null or empty at the end.</param>
/// <param name="Remaining">How many are still to come, where the server says.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Continue, long? Remaining)
{
    /// <summary>The version of the store that the page shows; null where the server does not say.</summary>
    internal string? ResourceVersion { get; init; }

    /// <summary>Why objects of the page could not be read, a sentence each.</summary>
    internal IReadOnlyList<string> Unreadable { get; init; } = [];
}
