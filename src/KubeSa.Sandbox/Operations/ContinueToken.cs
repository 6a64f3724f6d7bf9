using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Operations;

/// <summary>Where a list goes on: behind a key, as of a version; -1 for now.</summary>
internal sealed record ContinueToken(long Version, string AfterKey)
{
    private const string Invalid = "invalid continue token: continue key is not valid: ";

    /// <summary>The token for a list of a namespace (or of all); 1.36 begins the key with a slash.</summary>
    public static string Write(long version, string key, string ns, bool slash)
    {
        var relative = ns.Length > 0 ? key[(ns.Length + 1)..] : key;
        var json = new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = version, ["start"] = $"{(slash ? "/" : "")}{relative}\0" };
        return Convert.ToBase64String(Json.ToUtf8(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Reads a token; the key is relative to the namespace of the request.</summary>
    public static ContinueToken Parse(string token)
    {
        var json = Decode(token);
        if (GoJson.Check(json) is { } problem)
        {
            throw ApiError.BadRequest(Invalid + problem);
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("start", out var start) || !root.TryGetProperty("rv", out var version))
        {
            throw ApiError.BadRequest(Invalid + "incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }

        return new ContinueToken(version.GetInt64(), start.GetString()!.TrimStart('/').TrimEnd('\0'));
    }

    private static byte[] Decode(string token)
    {
        for (var i = 0; i < token.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(token[i]) && token[i] is not ('-' or '_'))
            {
                throw ApiError.BadRequest($"{Invalid}illegal base64 data at input byte {i}");
            }
        }

        if (token.Length % 4 == 1)
        {
            throw ApiError.BadRequest($"{Invalid}illegal base64 data at input byte {token.Length - 1}");
        }

        var standard = new StringBuilder(token).Replace('-', '+').Replace('_', '/').Append('=', (4 - (token.Length % 4)) % 4);
        return Convert.FromBase64String(standard.ToString());
    }
}
