using KubeSa.Api;

namespace KubeSa.Client.Http;

/// <summary>
/// Whom to act as, in the headers of
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation.
/// </summary>
internal sealed record ImpersonationHeaders(string User)
{
    internal IReadOnlyList<string> Groups { get; init; } = [];

    internal string? Uid { get; init; }

    internal IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extra { get; init; } = [];

    internal static ImpersonationHeaders? From(Impersonation? impersonation) =>
        impersonation is null ? null : new ImpersonationHeaders(impersonation.User) { Groups = impersonation.Groups };

    internal void AddTo(HttpRequestMessage request)
    {
        RepeatedHeaders.Add(request, "Impersonate-User", [User]);
        RepeatedHeaders.Add(request, "Impersonate-Group", Groups);
        RepeatedHeaders.Add(request, "Impersonate-Uid", Uid is null ? [] : [Uid]);
        foreach (var (key, values) in Extra)
        {
            // A key may hold what a header's name may not, such as a slash; the server decodes it.
            RepeatedHeaders.Add(request, "Impersonate-Extra-" + Uri.EscapeDataString(key), values);
        }
    }
}
