using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Looks at the account that a change is about, before the change: it must be the very one that was read, where its uid is
/// known. For changes that the server itself cannot bind to a uid: role bindings, requested tokens.
/// </summary>
internal sealed class AccountLookup(
    Func<Connection, string, string, ServiceAccount> read, Action<string> warn, Action<string> tell)
{
    /// <summary>The account; Conflict where it was created again, ServiceAccountNotFound where one that was read is gone.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">The namespace of the account.</param>
    /// <param name="name">The name of the account.</param>
    /// <param name="uid">The uid that it had when it was read; null or empty for a name that was typed.</param>
    /// <param name="isMissing">Whether there is no such account; else null is returned where one may not look.</param>
    internal ServiceAccount? Find(Connection cluster, string ns, string name, string? uid, out bool isMissing)
    {
        isMissing = false;
        try
        {
            var account = read(cluster, ns, name);
            Recreated.Refuse("service account", $"{ns}/{name}", uid, account.Uid);
            return account;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.ServiceAccountNotFound && string.IsNullOrEmpty(uid))
        {
            isMissing = true;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.Forbidden)
        {
            if (string.IsNullOrEmpty(uid))
            {
                tell($"May not look whether service account {ns}/{name} exists.");
            }
            else
            {
                warn($"May not look whether service account {ns}/{name} is still the one that was read (uid {uid}).");
            }
        }

        return null;
    }
}
