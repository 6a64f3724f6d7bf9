using System.Text.Json.Nodes;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Contract.Replay.Identity;

/// <summary>Holds header and claims of the token in an answer against those of the recorded one.</summary>
internal static class DecodedTokens
{
    private static readonly string[] Times = ["exp", "nbf"];

    /// <summary>When the token of a recorded request was issued, in seconds since 1970.</summary>
    public static long IssuedAt(Recording recording) => (long)JsonWebSignature.TryParse(TokenFinder.Of(recording.Request).Single())!.Claims["iat"]!;

    public static void Compare(Comparison comparison, Recording recording, string answer)
    {
        if (recording.Content["decoded"] is not JsonObject decoded)
        {
            return;
        }

        var token = TokenFinder.Of(JsonNode.Parse(answer)).Select(JsonWebSignature.TryParse).FirstOrDefault();
        if (token is null)
        {
            comparison.Differ("decoded", "a token", "none");
            return;
        }

        comparison.Nodes("decoded.header", decoded["header"], token.Header);
        comparison.Nodes("decoded.payload", FromIssue(decoded["payload"]!.AsObject()), FromIssue(token.Claims));
    }

    // Only the distances between the times are the server's to decide.
    private static JsonObject FromIssue(JsonObject claims)
    {
        var relative = claims.DeepClone().AsObject();
        if (relative["iat"] is null)
        {
            return relative;
        }

        var issued = (long)relative["iat"]!;
        relative["iat"] = 0;
        foreach (var time in Times)
        {
            relative[time] = (long)relative[time]! - issued;
        }

        if (relative["kubernetes.io"] is JsonObject bound && bound["warnafter"] is { } warn)
        {
            bound["warnafter"] = (long)warn - issued;
        }

        return relative;
    }
}
