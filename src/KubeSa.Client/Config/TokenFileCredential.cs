using System.Net.Http.Headers;
using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>
/// A token in a file that somebody renews, as the kubelet does. The file is read for every request: it is a kilobyte
/// against a round trip, and no cache can go stale. While it is missing or empty, as in the middle of a careless
/// renewal, the last good token goes on serving.
/// </summary>
internal sealed class TokenFileCredential : ICredential
{
    private readonly string _path;
    private string? _lastGood;

    /// <param name="path">The file.</param>
    /// <param name="fallback">A token to use as long as the file holds none; null for none.</param>
    internal TokenFileCredential(string path, string? fallback = null)
    {
        _path = path;
        _lastGood = fallback;
    }

    /// <summary>The file, for a kubeconfig that is to name it.</summary>
    internal string Path => _path;

    public async ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CallContext call, CancellationToken stop)
    {
        var text = await ReadAsync(stop).ConfigureAwait(false);
        var token = TokenText.Trim(text);

        // What cannot be sent may be a write in progress, like an empty file; only where there is nothing better it is an error.
        if (token.Length > 0 && (_lastGood is null || TokenText.Fault(token) is null))
        {
            _lastGood = token;
        }

        return _lastGood is { } good
            ? BearerToken.Header(good, $"the file '{_path}'", _path)
            : throw new KubeApiException(
                FailureKind.ConnectionNotConfigured,
                $"The token file '{_path}' is missing or empty, so there is nothing to prove who we are with. In a pod, see whether its automountServiceAccountToken is false; elsewhere, see what should write the file.",
                _path);
    }

    public async ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CallContext call, CancellationToken stop)
    {
        var header = await GetHeaderAsync(call, stop).ConfigureAwait(false);
        return header!.Parameter != refused?.Parameter;
    }

    private async Task<string> ReadAsync(CancellationToken stop)
    {
        try
        {
            return await TextFile.ReadAsync(_path, TextFile.LongestSettings, stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
