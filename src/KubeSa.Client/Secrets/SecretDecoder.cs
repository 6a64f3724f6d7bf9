using System.Globalization;
using System.Security;
using System.Text;
using KubeSa.Api;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Secrets;

/// <summary>
/// Decodes Secrets of type <c>kubernetes.io/service-account-token</c>
/// (https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets).
/// </summary>
internal sealed class SecretDecoder
{
    private const string UidAnnotation = "kubernetes.io/service-account.uid";
    private const string LastUsedLabel = "kubernetes.io/legacy-token-last-used";
    private const string InvalidSinceLabel = "kubernetes.io/legacy-token-invalid-since";

    private readonly SecretDocument _secret;
    private readonly Action<Notice> _notify;

    private SecretDecoder(SecretDocument secret, Action<Notice> notify)
    {
        _secret = secret;
        _notify = notify;
    }

    /// <summary>Fails with SecretNotTokenType or InvalidSecret; what is missing or odd is told to <paramref name="notify"/>.</summary>
    internal static TokenSecret Decode(SecretDocument secret, bool asPlainText, Action<Notice> notify) =>
        new SecretDecoder(secret, notify).Decode(asPlainText);

    private TokenSecret Decode(bool asPlainText)
    {
        if (_secret.Problem is { } problem)
        {
            throw problem;
        }

        RequireTokenSecret();
        var token = Text("token")?.Trim();
        var info = token is null ? null : Info(token);
        return new TokenSecret
        {
            Namespace = _secret.Namespace,
            Name = _secret.Name ?? string.Empty,

            // Where there is only the token, it alone says whose it is.
            ServiceAccount = _secret.Annotations.GetValueOrDefault(SecretDocument.AccountAnnotation) ?? (_secret.Name is null ? info?.ServiceAccount : null),
            ServiceAccountUid = _secret.Annotations.GetValueOrDefault(UidAnnotation),
            Authorities = Text("ca.crt") is { } pem ? [.. Certificates(pem).Certificates] : [],
            TokenNamespace = Text("namespace"),
            Token = token is null || asPlainText ? token : Protect(token),
            Info = info,
            LastUsed = Day(LastUsedLabel),
            InvalidSince = Day(InvalidSinceLabel),
            CreationTimestamp = _secret.CreationTimestamp?.ToLocalTime(),
            Uid = _secret.Uid,
        };
    }

    private SecureString Protect(string token) => token.Length <= SecretText.Longest
        ? SecretText.Protect(token)
        : throw new KubeApiException(
            FailureKind.InvalidSecret,
            $"The token of the Secret '{_secret}' is {token.Length} characters long, which is not a token and too long for a SecureString.",
            _secret.ToString());

    private void RequireTokenSecret()
    {
        if (_secret.Kind is { } kind && kind != "Secret")
        {
            throw new KubeApiException(FailureKind.InvalidSecret, $"'{_secret}' is a {kind} and no Secret.", _secret.ToString());
        }

        if (_secret is { Kind: null, Type: null })
        {
            throw new KubeApiException(
                FailureKind.InvalidSecret, $"'{_secret}' is not a Secret: it has neither a kind nor a type.", _secret.ToString());
        }

        if (_secret.Type != SecretDocument.TokenType)
        {
            throw new KubeApiException(
                FailureKind.SecretNotTokenType,
                $"The Secret '{_secret}' is of type '{_secret.Type ?? "Opaque"}'; only those of type '{SecretDocument.TokenType}' hold a token.",
                _secret.ToString());
        }
    }

    private string? Text(string key)
    {
        if (_secret.StringData.TryGetValue(key, out var plain))
        {
            return plain;
        }

        if (!_secret.Data.TryGetValue(key, out var encoded) || string.IsNullOrWhiteSpace(encoded))
        {
            _notify(key == "token"
                ? new WarningNotice($"The Secret '{_secret}' holds no token yet: the token controller fills it when its account exists.")
                : new VerboseNotice($"The Secret '{_secret}' has no '{key}'."));
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException)
        {
            throw new KubeApiException(
                FailureKind.InvalidSecret, $"In the Secret '{_secret}' the value of '{key}' is no base64 (RFC 4648).", _secret.ToString());
        }
    }

    private TokenInfo? Info(string token)
    {
        try
        {
            return TokenReader.Read(token);
        }
        catch (KubeApiException e)
        {
            _notify(new WarningNotice($"The token of the Secret '{_secret}' cannot be decoded. {e.Message}"));
            return null;
        }
    }

    private PemCertificates Certificates(string pem)
    {
        var read = PemCertificates.Read(pem);
        if (read.Broken > 0 || read.Certificates.Count == 0)
        {
            _notify(new WarningNotice(read.Certificates.Count == 0
                ? $"The 'ca.crt' of the Secret '{_secret}' holds no certificate in PEM form (RFC 7468)."
                : $"In the 'ca.crt' of the Secret '{_secret}' {read.Broken} of {read.Broken + read.Certificates.Count} certificates cannot be read."));
        }

        return read;
    }

    // The server writes a day in UTC (2026-11-23); moved into local time it would be another day.
    private DateTime? Day(string label)
    {
        if (!_secret.Labels.TryGetValue(label, out var text))
        {
            return null;
        }

        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _notify(new VerboseNotice($"The label '{label}' of the Secret '{_secret}' is no date."));
        return null;
    }
}
