using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Resources;

/// <summary>Remembers how far a list has been walked, so that a list begun again repeats nothing.</summary>
/// <param name="key">Where the store keeps an object: <c>namespace/name</c>.</param>
internal sealed class ListWalk<TItem>(Func<TItem, string> key)
{
    private const int MostExpiriesInARow = 3;

    private TItem? _last;
    private bool _any;
    private string? _skipTo;
    private int _expiries;
    private readonly HashSet<UInt128> _pages = [];

    /// <summary>Whether an object of a page has not been seen yet.</summary>
    internal bool IsNew(TItem item)
    {
        // Servers list in the order of the store's keys; behind an expiry that is all there is to go by.
        if (_skipTo is not null && string.CompareOrdinal(key(item), _skipTo) <= 0)
        {
            return false;
        }

        // A server that sends nothing new between its expiries would never come to an end either.
        (_last, _any, _expiries) = (item, true, 0);
        return true;
    }

    /// <summary>Takes note of where the next page begins; false where the list has been there before, and so would never end.</summary>
    internal bool GoesOn(string next)
    {
        // Tokens can be long, and a digest of 16 bytes tells them apart.
        return _pages.Add(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(next))));
    }

    /// <summary>The failure of a list that goes round in circles.</summary>
    internal static KubeApiException Endless(ApiOperation operation) => new(
        FailureKind.ProtocolError,
        $"The list of {operation.Resource} {operation.Scope} does not end: the server says that a page comes next that it has sent before. What was listed so far may be incomplete. See what stands between this machine and the API server.",
        operation.Target ?? operation.Resource);

    /// <summary>Prepares for going on with the answer's token, or from the beginning where it has none.</summary>
    internal void RestartAfterExpiry(ApiStatus expired, ApiOperation operation)
    {
        if (++_expiries > MostExpiriesInARow)
        {
            throw new KubeApiException(
                FailureKind.ServerError,
                $"The list of {operation.Resource} {operation.Scope} expires faster than it can be read. The server may be short of memory for old states; try again, or ask for less at a time (-Namespace, -LabelSelector).",
                operation.Target ?? operation.Resource)
            {
                StatusCode = (int)expired.Code,
                Reason = expired.Reason,
            };
        }

        _pages.Clear();
        _skipTo = _any ? key(_last!) : _skipTo;
    }
}
