namespace KubeSa.Api;

/// <summary>
/// An object that was deleted and created again under the same name is another object: a change that was meant for the
/// first must not reach the second.
/// </summary>
public static class Recreated
{
    /// <summary>Fails with Conflict where the object is not the one that was read.</summary>
    /// <param name="noun">The kind as people say it: "service account".</param>
    /// <param name="target">The object as <c>namespace/name</c>.</param>
    /// <param name="read">The uid that it had when it was read; null or empty where that is not known.</param>
    /// <param name="now">The uid that it has.</param>
    public static void Refuse(string noun, string target, string? read, string? now)
    {
        if (!string.IsNullOrEmpty(read) && read != now)
        {
            throw Conflict(noun, target, read, now);
        }
    }

    /// <summary>The failure that tells of it; without the new uid where the server does not name it.</summary>
    public static KubeApiException Conflict(string noun, string target, string? read, string? now) => new(
        FailureKind.Conflict,
        $"The {noun} {target} was deleted and created again since it was read{Uids(read, now)}. The new one was left as it is. "
        + "Read it again, and repeat the command if it is the one that you mean.",
        target);

    private static string Uids(string? read, string? now) => (read, now) switch
    {
        (null, _) => string.Empty,
        (_, null) => $" (its uid was {read} and is another now)",
        _ => $" (its uid was {read} and is {now} now)",
    };
}
