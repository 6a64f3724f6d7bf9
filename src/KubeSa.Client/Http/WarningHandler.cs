using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Http;

/// <summary>
/// Passes on what the server warns of (a deprecated API, a token that should no longer be used), each text once per
/// connection, as kubectl does.
/// </summary>
internal sealed class WarningHandler : DelegatingHandler
{
    private readonly HashSet<string> _said = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var warning in response.Headers.Warning)
        {
            if (SafeExcerpt.Of(Unquote(warning.Text), SafeExcerpt.Paragraph) is { } text && IsNew(text))
            {
                CallScope.Current.Call.Notify(new WarningNotice($"The API server warns: {text}"));
            }
        }

        return response;
    }

    private bool IsNew(string text)
    {
        lock (_said)
        {
            return _said.Add(text);
        }
    }

    // A quoted string of RFC 9110, section 5.6.4.
    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == '"' && text[^1] == '"'
            ? text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : text;
}
