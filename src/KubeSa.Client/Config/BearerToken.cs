using System.Net.Http.Headers;
using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>The one place where a token becomes a header.</summary>
internal static class BearerToken
{
    /// <summary>
    /// InvalidToken, without the token, where it holds what no token has (RFC 6750): a line break would begin another header,
    /// and the platform's own error would quote it.
    /// </summary>
    /// <param name="token">The token.</param>
    /// <param name="source">Where it came from, in a sentence: "the file '/x'".</param>
    /// <param name="target">What the error is about.</param>
    internal static AuthenticationHeaderValue Header(string token, string source, string? target = null) =>
        new("Bearer", TokenText.Read(token, $"The token from {source}", target));

    /// <summary>Whether it holds nothing but what a token has.</summary>
    internal static bool CanBeSent(string token) => TokenText.Fault(token) is null;
}
