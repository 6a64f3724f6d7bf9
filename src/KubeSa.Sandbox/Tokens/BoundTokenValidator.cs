using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Tokens;

/// <summary>Checks what a requested token claims against the clock and the objects it is bound to.</summary>
internal sealed class BoundTokenValidator(ResourceStore store, ResourceTypes types, ServerVersion serverVersion, TimeProvider time)
{
    // Clocks of nodes differ; the server forgives a minute on either side.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private readonly TokenMessages _messages = TokenMessages.Of(serverVersion);

    public UserInfo Validate(JsonObject claims, List<KeyValuePair<string, string>> annotations)
    {
        CheckTimes(claims);
        var bound = claims["kubernetes.io"] as JsonObject ?? [];
        var ns = bound.Text("namespace") ?? "";
        var account = Reference(bound, "serviceaccount") ?? new NamedUid("", "");
        CheckAccount(ns, account);
        CheckBoundObject("secrets", ns, Reference(bound, "secret"));
        var pod = Reference(bound, "pod");
        CheckBoundObject("pods", ns, pod);
        var node = serverVersion.IsLegacy ? null : Reference(bound, "node");
        if (pod is null)
        {
            CheckBoundObject("nodes", "", node);
        }

        NoteStale(claims, bound, annotations);
        return new UserInfo(
            ServiceAccountUser.UserName(ns, account.Name),
            account.Uid,
            [.. ServiceAccountUser.Groups(ns), WellKnownUsers.AuthenticatedGroup],
            ExtraOf(claims, pod, node));
    }

    // In the order of go-jose's Claims.Validate; a time that is null is no time, and the kubelet's clock may differ by a minute.
    private void CheckTimes(JsonObject claims)
    {
        var now = time.GetUtcNow();
        if (NumericDate.Read(claims, "nbf", _messages) is { } notBefore && now + Leeway < notBefore)
        {
            throw new TokenRejectedException(_messages.NotYetValid);
        }

        if (NumericDate.Read(claims, "exp", _messages) is { } expiry && now - Leeway > expiry)
        {
            throw new TokenRejectedException(_messages.Expired);
        }

        if (NumericDate.Read(claims, "iat", _messages) is { } issued && now + Leeway < issued)
        {
            throw new TokenRejectedException(_messages.FromTheFuture);
        }
    }

    // Such a token lives a year for the sake of clients that do not read it again; the log tells who they are.
    private void NoteStale(JsonObject claims, JsonObject bound, List<KeyValuePair<string, string>> annotations)
    {
        if (bound["warnafter"] is JsonValue value && value.TryGetValue<long>(out var warnAfter) && time.GetUtcNow().ToUnixTimeSeconds() - warnAfter is > 0 and var late)
        {
            annotations.Add(new("authentication.k8s.io/stale-token", string.Create(
                CultureInfo.InvariantCulture, $"subject: {JsonWebSignature.Text(claims, "sub")}, seconds after warning threshold: {late}")));
        }
    }

    private void CheckAccount(string ns, NamedUid account)
    {
        if (store.TryGet(types.Get("", "serviceaccounts"), ns, account.Name) is not { } stored)
        {
            throw new TokenRejectedException($"serviceaccounts \"{account.Name}\" not found");
        }

        if (stored.Uid != account.Uid)
        {
            throw new TokenRejectedException(
                string.Format(CultureInfo.InvariantCulture, _messages.UidMismatch, stored.Uid, account.Uid));
        }
    }

    private void CheckBoundObject(string resource, string ns, NamedUid? bound)
    {
        if (bound is null)
        {
            return;
        }

        if (store.TryGet(types.Get("", resource), ns, bound.Name) is not { } stored || IsLongDeleted(stored))
        {
            throw new TokenRejectedException(_messages.Invalidated);
        }

        if (stored.Uid != bound.Uid)
        {
            throw new TokenRejectedException(UidMismatch(resource, stored.Uid, bound.Uid));
        }
    }

    private string UidMismatch(string resource, string actual, string claimed)
    {
        var kind = resource.TrimEnd('s');
        return serverVersion.IsLegacy
            ? $"{char.ToUpperInvariant(kind[0])}{kind[1..]} UID ({actual}) does not match claim ({claimed})"
            : $"{kind} UID ({actual}) does not match service account {kind} ref claim ({claimed})";
    }

    private bool IsLongDeleted(StoredObject stored) =>
        stored.IsDeleting
        && DateTimeOffset.Parse(stored.Content().Text("metadata", "deletionTimestamp")!, CultureInfo.InvariantCulture)
            < time.GetUtcNow() - Leeway;

    private Dictionary<string, IReadOnlyList<string>> ExtraOf(JsonObject claims, NamedUid? pod, NamedUid? node)
    {
        const string Prefix = "authentication.kubernetes.io/";
        var extra = new Dictionary<string, IReadOnlyList<string>>();
        if (!serverVersion.IsLegacy && JsonWebSignature.Text(claims, "jti") is { } id)
        {
            extra[Prefix + "credential-id"] = ["JTI=" + id];
        }

        if (node is not null)
        {
            extra[Prefix + "node-name"] = [node.Name];
            extra[Prefix + "node-uid"] = [node.Uid];
        }

        if (pod is not null)
        {
            extra[Prefix + "pod-name"] = [pod.Name];
            extra[Prefix + "pod-uid"] = [pod.Uid];
        }

        return extra;
    }

    private static NamedUid? Reference(JsonObject bound, string kind) => bound[kind] is JsonObject reference
        ? new NamedUid(reference.Text("name") ?? "", reference.Text("uid") ?? "")
        : null;
}
