using KubeSa.Api;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Resources.Watches;

/// <summary>
/// A list that a watch begins with. All its pages must be of one version, for from that on changes are followed: where the
/// server has forgotten it between two pages, the list begins again, and in the end is asked for in one piece.
/// </summary>
internal sealed class WatchedList(WatchCalls calls, ApiOperation operation)
{
    private const int PageSize = 500;
    private const int MostExpiriesByPages = 2;
    private const int MostExpiries = 4;

    private ListWalk<ResourceItem> _walk = new(item => item.Name);
    private string? _next;
    private int _expiries;

    /// <summary>The version that it shows.</summary>
    internal string? Version { get; private set; }

    /// <summary>Whether all pages have been read.</summary>
    internal bool IsAtEnd { get; private set; }

    /// <summary>Whether all objects of the pages could be read.</summary>
    internal bool IsComplete { get; set; } = true;

    /// <summary>The next page; null where the list begins again.</summary>
    internal async Task<ListPage<ResourceItem>?> NextAsync(CancellationToken stop)
    {
        ListPage<ResourceItem> page;
        try
        {
            page = await calls.List(_next, _expiries >= MostExpiriesByPages ? 0 : PageSize, stop).ConfigureAwait(false);
        }
        catch (KubeApiException expired) when (expired.StatusCode == 410 && _next is not null && ++_expiries < MostExpiries)
        {
            (_next, Version, IsComplete, _walk) = (null, null, true, new ListWalk<ResourceItem>(item => item.Name));
            return null;
        }

        Version ??= page.ResourceVersion is { Length: > 0 } version ? version : throw new KubeApiException(
            FailureKind.ProtocolError, $"The server does not say which version its list of {operation.Resource} shows, so that its changes cannot be followed.", operation.Target ?? operation.Resource);
        IsAtEnd = string.IsNullOrEmpty(page.Continue);
        _next = page.Continue;
        return IsAtEnd || _walk.GoesOn(page.Continue!) ? page : throw ListWalk<ResourceItem>.Endless(operation);
    }
}
