namespace KubeSa.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">The objects of the page.</param>
/// <param name="Remaining">How many the server says are still to come; null where it does not say.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Remaining)
{
    /// <summary>A failure for each object of the page that cannot be read. They do not keep the others back, and are told.</summary>
    public IReadOnlyList<KubeApiException> Failures { get; init; } = [];
}
