using KubeSa.Api;

namespace KubeSa.Client.Config;

/// <summary>
/// Whom to act as, in the headers of
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation.
/// </summary>
internal sealed class ImpersonationHeaders
{
    private readonly string _user;
    private readonly string? _uid;
    private readonly IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> _extra;

    /// <summary>InvalidRequest where one of them cannot be sent as it is.</summary>
    internal ImpersonationHeaders(
        string user, IReadOnlyList<string>? groups = null, string? uid = null, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>? extra = null)
    {
        _user = HeaderText.Require(user, "The user to impersonate");
        Groups = [.. (groups ?? []).Select(group => HeaderText.Require(group, "A group to impersonate"))];
        _uid = uid is null ? null : HeaderText.Require(uid, "The uid to impersonate");
        _extra = [.. (extra ?? []).Select(entry => KeyValuePair.Create(
            HeaderText.Require(entry.Key, "The name of an extra field to impersonate"),
            (IReadOnlyList<string>)[.. entry.Value.Select(value => HeaderText.Require(value, "The value of an extra field to impersonate"))]))];
    }

    internal string User => _user;

    internal IReadOnlyList<string> Groups { get; }

    internal static ImpersonationHeaders? From(Impersonation? impersonation) =>
        impersonation is null ? null : new ImpersonationHeaders(impersonation.User, impersonation.Groups);

    /// <summary>What a connection was told; null for nobody.</summary>
    internal static ImpersonationHeaders? From(ConnectionOptions options) => options switch
    {
        { As: { } user } => new ImpersonationHeaders(user, options.Groups),
        { AsGroups: not null } => throw new KubeApiException(FailureKind.InvalidRequest, "-AsGroup needs -As: the server takes no group without a user.", options.AsGroups),
        _ => null,
    };

    /// <summary>The headers by their names, with all their values.</summary>
    internal IEnumerable<(string Name, IReadOnlyList<string> Values)> All()
    {
        yield return ("Impersonate-User", [_user]);
        yield return ("Impersonate-Group", Groups);
        yield return ("Impersonate-Uid", _uid is null ? [] : [_uid]);
        foreach (var (key, values) in _extra)
        {
            // A key may hold what a header's name may not, such as a slash; the server decodes it.
            yield return ("Impersonate-Extra-" + Uri.EscapeDataString(key), values);
        }
    }
}
