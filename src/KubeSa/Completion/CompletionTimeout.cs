namespace KubeSa.Completion;

/// <summary>
/// How long Tab may wait. The first one has time for a connection to be established, as people expect to see names at once; a
/// server that does not answer in that time is not waited for at every further one. Nor is this a place for an error: the
/// command itself will say what is wrong.
/// </summary>
internal static class CompletionTimeout
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Further = TimeSpan.FromMilliseconds(120);

    internal static TimeSpan Of(bool isFirst) => isFirst ? First : Further;

    /// <summary>The result, or (null) nothing where it failed or has not come in time.</summary>
    internal static T? Wait<T>(Task<T> task, bool isFirst)
        where T : class
    {
        // Not by a timer, which a busy thread pool would make late.
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(Of(isFirst));
        return task.IsCompletedSuccessfully ? task.Result : null;
    }
}
