namespace KubeSa.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">The objects of the page.</param>
/// <param name="Remaining">How many the server says are still to come; null where it does not say.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Remaining);
