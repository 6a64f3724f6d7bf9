using System.Text.Json.Nodes;
using KubeSa.Sandbox;

using KubeSa.Sandbox.Tokens;

namespace KubeSa.Contract.Replay.Identity;

/// <summary>
/// Makes ours for tokens that the recording client made up or was given unrecorded: the same header and claims, with our key, our
/// uids and our time.
/// </summary>
internal sealed class TokenForge(SandboxServer server, Bindings bindings, Func<string, string, Task<string>> tokenOf)
{
    // Here the client showed the very token it used for the account all along.
    private static readonly Dictionary<string, (string Namespace, string Name)> Usual = new()
    {
        ["11-11"] = ("team-a", "reader"),
        ["11-12"] = ("team-a", "builder"),
    };

    // The recordings in which the signature is wrong on purpose.
    private static readonly string[] BadSignatures = ["11-03", "11-18", "11-23", "12-07"];
    // Those whose times are wrong on purpose.
    private static readonly string[] BadTimes = ["11-04", "11-20"];
    private static readonly string[] Times = ["exp", "iat", "nbf"];

    private readonly SigningKey _foreign = SigningKey.Create();

    /// <summary>When the made-up tokens of subject 11 were made, in seconds since 1970: what was past or future then is so now.</summary>
    public required long MadeUpAt { get; init; }

    /// <summary>Binds every token of the request that has no counterpart yet; answers with the first of ours.</summary>
    public async Task<string?> MintAsync(Recording recording)
    {
        foreach (var token in TokenFinder.Of(recording.Request).Where(token => bindings.Find("jwt", token) is null))
        {
            bindings.Bind("jwt", token, Usual.TryGetValue(recording.Place, out var account)
                ? await tokenOf(account.Namespace, account.Name)
                : Forge(token, recording.Place));
        }

        return TokenFinder.Of(recording.Request).Select(token => bindings.Find("jwt", token)).FirstOrDefault();
    }

    private string Forge(string recorded, string place)
    {
        var jwt = JsonWebSignature.TryParse(recorded) ?? throw new InvalidOperationException("The recording holds something that only looks like a token.");
        var claims = jwt.Claims.DeepClone().AsObject();
        ShiftTimes(claims, BadTimes.Contains(place));
        TranslateUids(claims);
        var header = jwt.Header.DeepClone().AsObject();
        var keys = server.State.Identity.Keys;
        var key = jwt.Issuer == TokenIssuer.LegacyIssuer ? keys.ControllerKey : keys.ServerKey;
        if (header["kid"] is not null && jwt.KeyId != "unknown")
        {
            header["kid"] = key.Id;
        }

        var token = JsonWebSignature.Sign(BadSignatures.Contains(place) ? _foreign : key, claims, header);
        return jwt.Algorithm == "none" ? token[..(token.LastIndexOf('.') + 1)] : token;
    }

    private void ShiftTimes(JsonObject claims, bool keepsDistance)
    {
        if (claims["iat"] is null)
        {
            return;
        }

        var shift = server.State.Time.GetUtcNow().ToUnixTimeSeconds() - (keepsDistance ? MadeUpAt : (long)claims["iat"]!);
        foreach (var time in Times)
        {
            claims[time] = (long)claims[time]! + shift;
        }
    }

    private void TranslateUids(JsonObject claims)
    {
        if (claims["kubernetes.io"] is JsonObject bound)
        {
            var ns = bound.Text("namespace")!;
            foreach (var (kind, reference) in bound.Where(part => part.Value is JsonObject).ToArray())
            {
                reference!["uid"] = OurUid($"{kind}s", kind == "node" ? "" : ns, reference.Text("name")!, reference.Text("uid")!);
            }
        }

        const string Prefix = "kubernetes.io/serviceaccount/";
        if (claims.Text(Prefix + "service-account.uid") is { } uid)
        {
            claims[Prefix + "service-account.uid"] = OurUid(
                "serviceaccounts", claims.Text(Prefix + "namespace")!, claims.Text(Prefix + "service-account.name")!, uid);
        }
    }

    // One that was met already stays what it was, even when the object is gone by now.
    private string OurUid(string resource, string ns, string name, string recorded)
    {
        if (bindings.Find("uid", recorded) is { } known)
        {
            return known;
        }

        var stored = server.Store.TryGet(server.State.Types.Get("", resource), ns, name)
            ?? throw new InvalidOperationException($"{resource} {ns}/{name} is not there to make a token for.");
        bindings.Bind("uid", recorded, stored.Uid);
        return stored.Uid;
    }
}
