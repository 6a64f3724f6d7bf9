using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>One thing that was looked at, or could not be.</summary>
/// <param name="What">What it is, as people say it.</param>
/// <param name="Failure">Why it could not be looked at; null where it could.</param>
internal record LookupResult(string What, KubeApiException? Failure)
{
    /// <summary>What stays unknown, and why where it is not for want of a right.</summary>
    internal string Unknown => Failure is null or { Kind: FailureKind.Forbidden } ? What : $"{What} ({Failure.Kind})";
}

/// <summary>The same with what was found.</summary>
internal sealed record LookupResult<T>(string What, IReadOnlyList<T> Items, KubeApiException? Failure) : LookupResult(What, Failure);
