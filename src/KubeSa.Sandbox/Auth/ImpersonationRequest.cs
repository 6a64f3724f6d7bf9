using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Auth;

/// <summary>Reads the user that a request wants to act as.</summary>
internal static class ImpersonationRequest
{
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>The user as the headers say, without implied groups; null where there are no such headers.</summary>
    public static UserInfo? Read(HttpRequest request, ServerVersion serverVersion)
    {
        var headers = request.Headers;
        var name = headers["Impersonate-User"].ToString();
        string[] groups = [.. headers["Impersonate-Group"].Select(group => group ?? "")];
        // 1.20 knows no such header.
        var uid = serverVersion.IsLegacy ? "" : headers["Impersonate-Uid"].ToString();
        var extra = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (header, values) in headers.Where(h => h.Key.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase)))
        {
            var key = Uri.UnescapeDataString(header[ExtraPrefix.Length..].ToLowerInvariant());
            extra[key] = [.. values.Select(value => value ?? "")];
        }

        if (name.Length > 0)
        {
            return new UserInfo(name, uid, groups, extra);
        }

        return uid.Length > 0 || groups.Length > 0 || extra.Count > 0 ? throw WithoutUser(request, serverVersion, uid, groups) : null;
    }

    private static ApiError WithoutUser(HttpRequest request, ServerVersion serverVersion, string uid, string[] groups)
    {
        if (!serverVersion.IsLegacy)
        {
            var list = string.Join(", ", groups.Select(GoFormat.Quote));
            return ApiError.BadRequest(
                $"requested &user.DefaultInfo{{Name:\"\", UID:{GoFormat.Quote(uid)}, Groups:[]string{{{list}}}, Extra:map[string][]string(nil)}} "
                + "without impersonating a user name");
        }

        var references = string.Join(' ', groups.Select(group => $"{{Group  {group}    }}"));
        return new ApiError(500, "", $"Internal Server Error: {GoFormat.Quote(request.Path + request.QueryString)}: "
            + $"requested [{references}] without impersonating a user\n")
        { IsPlainText = true };
    }
}
