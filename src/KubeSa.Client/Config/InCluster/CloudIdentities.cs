using System.Text.Json;
using KubeSa.Client.Tokens;

namespace KubeSa.Client.Config.InCluster;

/// <summary>
/// Finds the token files of the clouds' workload identities, which are service-account tokens for another audience, by
/// the variables that the clouds' own libraries read.
/// </summary>
internal static class CloudIdentities
{
    internal static IReadOnlyList<CloudIdentity> Find(PodEnvironment environment)
    {
        CloudIdentity?[] found =
        [
            Make("AWS", environment["AWS_WEB_IDENTITY_TOKEN_FILE"], environment["AWS_ROLE_ARN"]),
            Make("AWS", environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"], principal: null),
            Make("Azure", environment["AZURE_FEDERATED_TOKEN_FILE"], environment["AZURE_CLIENT_ID"]),
            Google(environment["GOOGLE_APPLICATION_CREDENTIALS"]),
        ];
        return [.. found.OfType<CloudIdentity>()];
    }

    private static CloudIdentity? Make(string provider, string? tokenFile, string? principal) =>
        string.IsNullOrWhiteSpace(tokenFile)
            ? null
            : new CloudIdentity
            {
                Provider = provider,
                Principal = string.IsNullOrWhiteSpace(principal) ? null : principal,
                TokenFile = tokenFile,
                TokenInfo = PodIdentityReader.ReadToken(MountFile.Read(tokenFile)),
            };

    // https://google.aip.dev/auth/4117: a credentials file of type external_account names the token file.
    private static CloudIdentity? Google(string? credentialsFile)
    {
        if (string.IsNullOrWhiteSpace(credentialsFile) || MountFile.Read(credentialsFile).Text is not { } text)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement : (JsonElement?)null;
            return Claims.Text(root, "type") == "external_account"
                ? Make("GCP", Claims.Text(Claims.Object(root, "credential_source"), "file"), GoogleAccount(root))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // .../serviceAccounts/NAME@PROJECT.iam.gserviceaccount.com:generateAccessToken
    private static string? GoogleAccount(JsonElement? root) =>
        Claims.Text(root, "service_account_impersonation_url")?.Split('/')[^1].Split(':')[0];
}
