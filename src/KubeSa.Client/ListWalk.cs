using KubeSa.Api;

namespace KubeSa.Client;

/// <summary>Remembers how far a list has been walked, so that a list begun again repeats nothing.</summary>
/// <param name="key">Where the store keeps an object: <c>namespace/name</c>.</param>
internal sealed class ListWalk<TItem>(Func<TItem, string> key)
{
    private const int MostExpiriesInARow = 3;

    private TItem? _last;
    private bool _any;
    private string? _skipTo;
    private int _expiries;

    /// <summary>The objects of a page that have not been seen yet.</summary>
    internal IEnumerable<TItem> Take(IEnumerable<TItem> items)
    {
        _expiries = 0;
        foreach (var item in items)
        {
            // Servers list in the order of the store's keys; behind an expiry that is all there is to go by.
            if (_skipTo is not null && string.CompareOrdinal(key(item), _skipTo) <= 0)
            {
                continue;
            }

            (_last, _any) = (item, true);
            yield return item;
        }
    }

    /// <summary>Prepares for going on with the answer's token, or from the beginning where it has none.</summary>
    internal void RestartAfterExpiry(Answer expired, Ask ask)
    {
        if (++_expiries > MostExpiriesInARow)
        {
            throw new KubeApiException(
                FailureKind.ServerError,
                $"The list of {ask.Resource} {ask.Scope} expires faster than it can be read. The server may be short of memory for old states; try again, or ask for less at a time (-Namespace, -LabelSelector).",
                ask.Target ?? ask.Resource)
            {
                StatusCode = (int)expired.Code,
                Reason = expired.Reason,
            };
        }

        _skipTo = _any ? key(_last!) : _skipTo;
    }
}
