using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Tokens;

/// <summary>Checks the token of a Secret against that Secret; since 1.26 every use is noted there.</summary>
internal sealed class LegacyTokenValidator(ResourceStore store, ResourceTypes types, ServerVersion serverVersion, TimeProvider time)
{
    public const string InvalidSinceLabel = "kubernetes.io/legacy-token-invalid-since";
    public const string LastUsedLabel = "kubernetes.io/legacy-token-last-used";
    private const string Prefix = "kubernetes.io/serviceaccount/";

    private readonly ResourceType _secrets = types.Get("", "secrets");
    private readonly ResourceType _accounts = types.Get("", "serviceaccounts");

    public UserInfo Validate(string token, JsonObject claims, List<string> warnings)
    {
        var subject = Required(claims, "sub", "sub");
        var ns = Required(claims, Prefix + "namespace", "namespace");
        var secretName = Required(claims, Prefix + "secret.name", "secretName");
        var accountName = Required(claims, Prefix + "service-account.name", "serviceAccountName");
        var uid = Required(claims, Prefix + "service-account.uid", "serviceAccountUID");
        if (subject != ServiceAccountUser.UserName(ns, accountName))
        {
            throw new TokenRejectedException("sub claim is invalid");
        }

        CheckSecret(ns, secretName, token);
        var account = store.TryGet(_accounts, ns, accountName)
            ?? throw new TokenRejectedException($"serviceaccounts \"{accountName}\" not found");
        if (account.Uid != uid)
        {
            throw new TokenRejectedException($"ServiceAccount UID ({account.Uid}) does not match claim ({uid})");
        }

        if (!serverVersion.IsLegacy)
        {
            Track(ns, secretName, account, warnings);
        }

        return new UserInfo(
            subject, uid, [.. ServiceAccountUser.Groups(ns), WellKnownUsers.AuthenticatedGroup], new Dictionary<string, IReadOnlyList<string>>());
    }

    private static string Required(JsonObject claims, string claim, string name) =>
        JsonWebSignature.Text(claims, claim) is { Length: > 0 } text ? text : throw new TokenRejectedException($"{name} claim is missing");

    private void CheckSecret(string ns, string name, string token)
    {
        if (store.TryGet(_secrets, ns, name) is not { IsDeleting: false } secret)
        {
            throw new TokenRejectedException("Token has been invalidated");
        }

        var kept = secret.Content().Text("data", "token");
        if (kept != Convert.ToBase64String(Encoding.UTF8.GetBytes(token)))
        {
            throw new TokenRejectedException("Token does not match server's copy");
        }
    }

    private void Track(string ns, string secretName, StoredObject account, List<string> warnings)
    {
        NoteUse(ns, secretName);
        if (store.TryGet(_secrets, ns, secretName)?.Labels.GetValueOrDefault(InvalidSinceLabel) is { Length: > 0 })
        {
            throw new TokenRejectedException(
                $"the token in secret {ns}/{secretName} for service account {ns}/{account.Name} has been marked invalid. Use tokens "
                + "from the TokenRequest API or manually created secret-based tokens, or remove the "
                + $"'{InvalidSinceLabel}' label from the secret to temporarily allow use of this token");
        }

        if (account.Content()["secrets"] is JsonArray named && named.Any(secret => secret.Text("name") == secretName))
        {
            warnings.Add("Use tokens from the TokenRequest API or manually created secret-based tokens instead of "
                + "auto-generated secret-based tokens.");
        }
    }

    private void NoteUse(string ns, string secretName)
    {
        var today = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (store.TryGet(_secrets, ns, secretName)?.Labels.GetValueOrDefault(LastUsedLabel) == today)
        {
            return;
        }

        store.Update(_secrets, ns, secretName, secret =>
        {
            secret.Child("metadata").Child("labels")[LastUsedLabel] = today;
            return secret;
        });
    }
}
