using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace KubeSa.Sandbox.Http;

/// <summary>A request as Kubernetes reads it: the verb, and either the parts of a resource path or a path of its own.</summary>
public sealed record RequestInfo
{
    private static readonly string[] NamespaceSubresources = ["status", "finalize"];

    public required string Verb { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public required IReadOnlyDictionary<string, StringValues> Query { get; init; }
    public bool IsResource { get; init; }
    public string Group { get; init; } = "";
    public string Version { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Whether segments of the path came after the subresource.</summary>
    public bool HasTail { get; init; }

    /// <summary>The first value of a query parameter, or an empty string.</summary>
    public string Parameter(string name) => Query.TryGetValue(name, out var values) ? values[0] ?? "" : "";

    /// <summary>Reads method, path and query as Kubernetes' RequestInfoResolver does.</summary>
    public static RequestInfo Of(HttpRequest request) => Of(request.Method, request.Path.Value ?? "/", request.QueryString.Value ?? "");

    internal static RequestInfo Of(string method, string path, string queryString)
    {
        var query = QueryHelpers.ParseQuery(queryString);
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var core = segments is ["api", _, _, ..];
        if (!core && segments is not ["apis", _, _, _, ..])
        {
            return new RequestInfo { Verb = method.ToLowerInvariant(), Method = method, Path = path, Query = query };
        }

        var info = new RequestInfo
        {
            Verb = VerbOf(method),
            Method = method,
            Path = path,
            Query = query,
            IsResource = true,
            Group = core ? "" : segments[1],
            Version = core ? segments[1] : segments[2],
        };
        return WithParts(info, core ? segments[2..] : segments[3..]);
    }

    private static RequestInfo WithParts(RequestInfo info, ReadOnlySpan<string> parts)
    {
        var special = "";
        if (parts is ["watch" or "proxy", ..])
        {
            special = parts[0];
            parts = parts[1..];
        }

        if (parts is ["namespaces", var ns, ..])
        {
            info = info with { Namespace = ns };
            // Below a namespace come its resources, unless what follows is a part of the namespace itself.
            if (parts.Length > 2 && !NamespaceSubresources.Contains(parts[2]))
            {
                parts = parts[2..];
            }
        }

        info = info with
        {
            Verb = special.Length > 0 ? special : info.Verb,
            Resource = parts.Length > 0 ? parts[0] : "",
            Name = parts.Length > 1 ? parts[1] : "",
            Subresource = parts.Length > 2 ? parts[2] : "",
            HasTail = parts.Length > 3,
        };
        return info.Name.Length == 0 ? OfCollection(info) : info;
    }

    private static RequestInfo OfCollection(RequestInfo info)
    {
        if (info.Verb is "get" or "list" or "watch")
        {
            var watches = info.Verb == "watch" || IsTrue(info.Parameter("watch"));
            return info with { Verb = watches ? "watch" : "list", Name = NameSelected(info.Parameter("fieldSelector")) };
        }

        return info.Verb == "delete"
            ? info with { Verb = "deletecollection", Name = NameSelected(info.Parameter("fieldSelector")) }
            : info;
    }

    // Rights to one name also open a list that can hold that name alone.
    private static string NameSelected(string selector)
    {
        foreach (var term in selector.Split(','))
        {
            var at = term.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && term[..at] == "metadata.name" && term[^1] != '=')
            {
                return term[(at + 1)..].TrimStart('=');
            }
        }

        return "";
    }

    internal static bool IsTrue(string parameter) => parameter is not ("" or "false" or "0");

    private static string VerbOf(string method) => method switch
    {
        "POST" => "create",
        "GET" or "HEAD" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    };
}
