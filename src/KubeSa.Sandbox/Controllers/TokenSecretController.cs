using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Controllers;

/// <summary>
/// Fills the token Secrets of accounts and deletes those whose account is gone; where the version does so, gives every account
/// a Secret of its own.
/// </summary>
internal sealed class TokenSecretController(ResourceStore store, ResourceTypes types, ServerVersion serverVersion, ClusterIdentity identity) : IController
{
    // Long enough that a pod made right after its account finds no token yet, as on a real server.
    private static readonly TimeSpan OwnSecretDelay = TimeSpan.FromMilliseconds(100);

    private readonly ResourceType _secrets = types.Get("", "secrets");
    private readonly ResourceType _accounts = types.Get("", "serviceaccounts");

    // A scenario and the controller's own delay may come for an account at once; it gets one Secret all the same.
    private readonly object _oneAtATime = new();

    public void OnChange(StoreEvent change, IDelayedWork queue)
    {
        if (change.Type.StorageKey == _secrets.StorageKey)
        {
            OnSecret(change);
        }
        else if (change.Type.StorageKey == _accounts.StorageKey)
        {
            OnAccount(change, queue);
        }
    }

    /// <summary>Gives an account a token Secret unless it names one that exists.</summary>
    public void EnsureOwnSecret(string ns, string account)
    {
        lock (_oneAtATime)
        {
            if (store.TryGet(_accounts, ns, account) is { } stored && !NamesToken(stored))
            {
                MakeOwnSecret(ns, account, stored);
            }
        }
    }

    /// <summary>Puts a token of the account into a Secret that is not stored yet.</summary>
    public void Fill(JsonObject secret, string ns, string account) => Fill(secret, store.TryGet(_accounts, ns, account)!);

    private void MakeOwnSecret(string ns, string account, StoredObject stored)
    {
        var name = $"{account}-token-{RandomName.Suffix()}";
        var secret = TokenSecrets.Empty(ns, name, account, stored.Uid);
        Fill(secret, stored);
        store.Create(_secrets, secret);
        store.Update(_accounts, ns, account, content =>
        {
            content["secrets"] ??= new JsonArray();
            content["secrets"]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = name });
            return content;
        });
    }

    private void OnAccount(StoreEvent change, IDelayedWork queue)
    {
        var account = change.Object;
        if (change.Kind == ChangeKind.Deleted)
        {
            foreach (var secret in store.Snapshot(_secrets).From(account.Namespace).Where(secret => IsTokenOf(secret, account)).ToArray())
            {
                Delete(secret);
            }
        }
        else if (serverVersion.MakesTokenSecrets && !NamesToken(account))
        {
            queue.After(OwnSecretDelay, () => Unless404(() => EnsureOwnSecret(account.Namespace, account.Name)));
        }
    }

    private void OnSecret(StoreEvent change)
    {
        var secret = change.Object.Content();
        if (secret.Text("type") != TokenSecrets.Type)
        {
            return;
        }

        var account = store.TryGet(_accounts, change.Object.Namespace, TokenSecrets.AccountOf(secret) ?? "");
        if (change.Kind == ChangeKind.Deleted)
        {
            DropReference(account, change.Object.Name);
        }
        else if (account is null || (TokenSecrets.UidOf(secret) is { Length: > 0 } uid && uid != account.Uid))
        {
            Delete(change.Object);
        }
        else
        {
            Unless404(() => store.Update(_secrets, change.Object.Namespace, change.Object.Name, content => Fill(content, account)));
        }
    }

    private JsonObject Fill(JsonObject secret, StoredObject account)
    {
        TokenSecrets.Fill(secret, account.Uid, identity.Authority.Pem, () => identity.Issuer.IssueLegacy(
            account.Namespace, secret.Text("metadata", "name")!, account.Name, account.Uid));
        return secret;
    }

    private bool NamesToken(StoredObject account) =>
        (account.Content()["secrets"] as JsonArray ?? [])
            .Select(reference => store.TryGet(_secrets, account.Namespace, reference.Text("name") ?? ""))
            .Any(secret => secret is not null && IsTokenOf(secret, account));

    private static bool IsTokenOf(StoredObject secret, StoredObject account)
    {
        var content = secret.Content();
        return content.Text("type") == TokenSecrets.Type
            && TokenSecrets.AccountOf(content) == account.Name
            && (string.IsNullOrEmpty(TokenSecrets.UidOf(content)) || TokenSecrets.UidOf(content) == account.Uid);
    }

    private void DropReference(StoredObject? account, string secret)
    {
        if (account is null)
        {
            return;
        }

        Unless404(() => store.Update(_accounts, account.Namespace, account.Name, content =>
        {
            if (content["secrets"] is JsonArray names && names.FirstOrDefault(name => name.Text("name") == secret) is { } reference)
            {
                names.Remove(reference);
                if (names.Count == 0)
                {
                    content.Remove("secrets");
                }
            }

            return content;
        }));
    }

    private void Delete(StoredObject secret) => Unless404(() => store.Delete(_secrets, secret.Namespace, secret.Name));

    // Whoever deleted the object meanwhile was faster; there is nothing left to do.
    private static void Unless404(Action action)
    {
        try
        {
            action();
        }
        catch (ApiError gone) when (gone.Code == 404)
        {
        }
    }
}
