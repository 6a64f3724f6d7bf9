using System.Net.Http.Headers;

namespace KubeSa.Client.Errors;

/// <summary>The Retry-After header (RFC 9110, section 10.2.3): seconds to wait, or a date.</summary>
internal static class RetryAfter
{
    internal static TimeSpan? Of(RetryConditionHeaderValue? header)
    {
        if (header is null)
        {
            return null;
        }

        var wait = header.Delta ?? header.Date - DateTimeOffset.UtcNow;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
