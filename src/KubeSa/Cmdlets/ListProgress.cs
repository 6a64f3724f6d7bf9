using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>The progress bar of a list of several pages. A list of one page has none, for it would only flicker.</summary>
internal sealed class ListProgress(string activity, Action<Notice> tell)
{
    private long _seen;
    private bool _isShown;

    /// <param name="count">How many objects a page brought.</param>
    /// <param name="remaining">How many are still to come: 0 for none, null where the server does not say, as with selectors.</param>
    internal void Take(int count, long? remaining)
    {
        _seen += count;
        if (remaining == 0)
        {
            return;
        }

        _isShown = true;
        var status = remaining is { } left
            ? string.Create(CultureInfo.CurrentCulture, $"{_seen:N0} of {_seen + left:N0} read")
            : string.Create(CultureInfo.CurrentCulture, $"{_seen:N0} read so far");
        tell(new ProgressNotice(activity, status, remaining is { } rest ? (int)(100 * _seen / (_seen + rest)) : -1));
    }

    /// <summary>Takes the bar away, however the list ended.</summary>
    internal void End()
    {
        if (_isShown)
        {
            tell(new ProgressNotice(activity, "Done.", 100, Completed: true));
        }
    }
}
