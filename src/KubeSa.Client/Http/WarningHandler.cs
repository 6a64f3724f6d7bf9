using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Http;

/// <summary>
/// Passes on what the server warns of (a deprecated API, a token that should no longer be used), each text once per
/// connection, as kubectl does, and no more of them than a real server has.
/// </summary>
internal sealed class WarningHandler : DelegatingHandler
{
    /// <summary>How many texts of a connection are told and remembered: a server has one for each deprecated API, and few besides.</summary>
    internal const int MostTexts = 100;

    private readonly HashSet<string> _said = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var warning in response.Headers.Warning)
        {
            if (SafeExcerpt.Of(Unquote(warning.Text), SafeExcerpt.Paragraph) is { } text && NewText(text) is { } words)
            {
                CallScope.Current.Call.Notify(new WarningNotice(words));
            }
        }

        return response;
    }

    /// <summary>What to say of a warning; null for nothing.</summary>
    private string? NewText(string text)
    {
        lock (_said)
        {
            return _said.Count > MostTexts || !_said.Add(text) ? null
                : _said.Count <= MostTexts ? $"The API server warns: {text}"
                : $"The API server goes on warning. After {MostTexts} different warnings no more are shown on this connection.";
        }
    }

    // A quoted string of RFC 9110, section 5.6.4.
    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == '"' && text[^1] == '"'
            ? text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : text;
}
