namespace KubeSa.Completion;

/// <summary>
/// How long Tab may wait. It must never feel slow: what has not come within a moment is there at the next Tab, or not at
/// all. Nor has it a place for an error: the command itself will say what is wrong.
/// </summary>
internal static class TabMoment
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(120);

    /// <summary>The result, or (null) nothing where it failed or has not come in time.</summary>
    internal static T? Wait<T>(Task<T> task)
        where T : class
    {
        // Not by a timer, which a busy thread pool would make late.
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(Length);
        return task.IsCompletedSuccessfully ? task.Result : null;
    }
}
