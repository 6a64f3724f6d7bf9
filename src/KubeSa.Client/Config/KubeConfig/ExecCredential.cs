using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Config.KubeConfig;

/// <summary>What a credential plugin gave. A class and no record: a record's ToString would print the token.</summary>
internal sealed class ExecCredential
{
    private ExecCredential(AuthenticationHeaderValue? header, X509Certificate2? certificate, DateTimeOffset? expiresAt)
    {
        Header = header;
        Certificate = certificate;
        ExpiresAt = expiresAt;
    }

    /// <summary>The token as it is sent; null where there is a certificate alone.</summary>
    internal AuthenticationHeaderValue? Header { get; }

    /// <summary>The client certificate with its key; null where there is a token alone.</summary>
    internal X509Certificate2? Certificate { get; }

    /// <summary>Until when it is good; null where the plugin does not say, and then it is good until it is refused.</summary>
    internal DateTimeOffset? ExpiresAt { get; }

    internal static ExecCredential Parse(string output, ExecSettings settings)
    {
        try
        {
            using var json = JsonDocument.Parse(ExecOutput.ToJson(output));
            var root = json.RootElement;
            if (root.GetProperty("apiVersion").GetString() != settings.ApiVersion || root.GetProperty("kind").GetString() != "ExecCredential")
            {
                throw Wrong(settings, $"no ExecCredential of {settings.ApiVersion}");
            }

            var status = root.GetProperty("status");
            var token = Text(status, "token") is { } text ? TokenText.Trim(text) : null;
            CredentialsInUse.Add(token);
            var certificate = ReadCertificate(status, settings);
            return string.IsNullOrEmpty(token) && certificate is null
                ? throw Wrong(settings, "neither a token nor a client certificate")
                : new ExecCredential(
                    string.IsNullOrEmpty(token) ? null : BearerToken.Header(token, $"the credential plugin '{settings.Command}'", settings.File), certificate, Expiry(status));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Wrong(settings, "no ExecCredential in JSON or YAML");
        }
    }

    private static X509Certificate2? ReadCertificate(JsonElement status, ExecSettings settings) =>
        Text(status, "clientCertificateData") is { } certificate && Text(status, "clientKeyData") is { } key
            ? ClientCertificates.Read(
                certificate, key, $"the credential plugin '{settings.Command}'", settings.File, FailureKind.ExecPluginFailed)[0]
            : null;

    private static DateTimeOffset? Expiry(JsonElement status) =>
        Text(status, "expirationTimestamp") is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;

    private static string? Text(JsonElement status, string name) => status.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static KubeApiException Wrong(ExecSettings settings, string what) => new(
        FailureKind.ExecPluginFailed,
        $"The credential plugin '{settings.Command}' of the user '{settings.UserName}' gave {what}. Run it by hand to see what it prints.",
        settings.File);
}
