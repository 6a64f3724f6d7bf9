using k8s.Models;
using KubeSa.Api;
using KubeSa.Client.Mapping;

namespace KubeSa.Client;

/// <summary>Remembers how far a list has been walked, so that a list begun again repeats nothing.</summary>
internal sealed class ListWalk<TObject>
    where TObject : IMetadata<V1ObjectMeta>
{
    private const int MostExpiriesInARow = 3;

    private string? _last;
    private string? _skipTo;
    private int _expiries;

    /// <summary>The objects of a page that have not been seen yet.</summary>
    internal IEnumerable<TObject> Take(IList<TObject>? items)
    {
        _expiries = 0;
        foreach (var item in items ?? [])
        {
            var key = KeyOf(item);

            // Servers list in the order of the store's keys; behind an expiry that is all there is to go by.
            if (_skipTo is not null && string.CompareOrdinal(key, _skipTo) <= 0)
            {
                continue;
            }

            _last = key;
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

        _skipTo = _last;
    }

    private static string KeyOf(TObject item)
    {
        var metadata = item.Identified();
        return $"{metadata.NamespaceProperty}/{metadata.Name}";
    }
}
