using KubeSa.Api;
using KubeSa.Client.Errors;

namespace KubeSa.Client.Resources;

/// <summary>Paths as users write them: what they may be, and what they are about.</summary>
internal static class ApiPaths
{
    /// <summary>
    /// InvalidRequest unless it is a path of the API server that stays what it is: a URL or a second slash would lead to another
    /// host, and <c>..</c> out of what a proxy in front of the server lets one see.
    /// </summary>
    internal static void Require(string path)
    {
        var plain = path.Split('?', 2)[0];
        if (!plain.StartsWith('/') || plain.StartsWith("//", StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal)
            || path.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || Decoded(plain).Split('/', '\\').Any(segment => segment is "." or ".."))
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest,
                $"'{path}' is not a path of the API server. It must begin with one '/', as /api/v1/pods does, name no host, and hold no '..', blanks or '#'.",
                path);
        }
    }

    /// <summary>What a request is about, for the words of its failures.</summary>
    internal static ApiOperation AskOf(string method, string path)
    {
        var parts = path.Split('?', 2)[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, rest) = parts switch
        {
            ["api", _, .. var core] => (string.Empty, core),
            ["apis", var named, _, .. var others] => (named, others),
            _ => (string.Empty, []),
        };
        string? ns = null;
        if (rest is ["namespaces", var within, _, ..])
        {
            (ns, rest) = (within, rest[2..]);
        }

        var name = rest.Length > 1 ? rest[1] : null;
        var verb = Verb(method, name);
        if (rest.Length == 0)
        {
            return new ApiOperation(verb, path, "path", null, path);
        }

        var resource = new ApiResource(group, string.Empty, rest[0], string.Empty, ns is not null);
        var full = rest.Length > 2 ? $"{resource.FullName}/{rest[2]}" : resource.FullName;
        return new ApiOperation(verb, full, NounOf(rest[0]), ns, name);
    }

    // pods: pod. What this gets wrong stands in a sentence beside the name and can be understood.
    private static string NounOf(string plural) => plural switch
    {
        "serviceaccounts" => "service account",
        "secrets" => "Secret",
        "configmaps" => "ConfigMap",
        _ when plural.EndsWith("ies", StringComparison.Ordinal) => $"{plural[..^3]}y",
        _ when plural.EndsWith("sses", StringComparison.Ordinal) => plural[..^2],
        _ => plural.EndsWith('s') ? plural[..^1] : plural,
    };

    private static string Verb(string method, string? name) => method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => name is null ? "deletecollection" : "delete",
        _ => name is null ? "list" : "get",
    };

    /// <summary>Until nothing is left to decode: what is in front of the server may decode once more than we do.</summary>
    private static string Decoded(string path)
    {
        for (var times = 0; times < 8; times++)
        {
            var next = Uri.UnescapeDataString(path);
            if (next == path)
            {
                break;
            }

            path = next;
        }

        return path;
    }
}
