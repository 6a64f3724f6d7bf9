using k8s.Models;

namespace KubeSa.Client.Resources;

/// <summary>What must hold for a delete.</summary>
internal static class Preconditions
{
    /// <summary>
    /// Only the very object that was looked at, not another one made since under its name; with a version, only as it
    /// was then.
    /// </summary>
    internal static V1DeleteOptions? Only(string? uid, string? resourceVersion = null) =>
        uid is null ? null : new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = uid, ResourceVersion = resourceVersion } };
}
