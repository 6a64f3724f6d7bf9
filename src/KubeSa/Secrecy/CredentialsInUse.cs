using System.Text;

namespace KubeSa.Secrecy;

/// <summary>
/// The credentials that this process has shown to a server, got from a plugin or is testing, so that whatever comes back can
/// be looked through for them. One set for the process and not one for each connection: a server may tell what another one was
/// shown, and no way that text takes through the module can forget it.
/// </summary>
internal static class CredentialsInUse
{
    /// <summary>Shorter ones are ordinary words, and without them no message could be read.</summary>
    internal const int Shortest = 6;

    // Those of a connection come to the front with every request, so that only old ones are forgotten.
    private const int Most = 32;

    private static readonly object Gate = new();
    private static volatile KnownSecrets _known = new([]);

    internal static KnownSecrets Known => _known;

    /// <summary>Remembers a credential; null, too short ones and ordinary words are passed over.</summary>
    internal static void Add(string? secret)
    {
        var text = secret?.Trim();
        if (text is null || text.Length < Shortest || IsWord(text) || (_known.All is [var newest, ..] && newest.Is(text)))
        {
            return;
        }

        if (SignatureOf(text) is { } signature)
        {
            Remember(signature);
        }

        Remember(text);
    }

    private static void Remember(string text)
    {
        lock (Gate)
        {
            var all = _known.All;
            var known = Array.Find(all, secret => secret.Is(text)) ?? new KnownSecret(text);
            _known = new KnownSecrets([known, .. all.Where(secret => secret != known).Take(Most - 1)]);
        }
    }

    // A demonstration's password may be "reader", and so may be a role's name in every message.
    private static bool IsWord(string text) => text.Length < KnownSecret.Piece && text.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0;

    /// <summary>The bytes of a JWT's signature, a character each: somebody may write them in another way than the token does.</summary>
    private static string? SignatureOf(string text)
    {
        var dot = text.LastIndexOf('.');
        if (dot < 0 || !text.StartsWith("eyJ", StringComparison.Ordinal))
        {
            return null;
        }

        var signature = EncodedForms.FromBase64(text.AsSpan(dot + 1));
        return signature.Length < KnownSecret.Piece ? null : Encoding.Latin1.GetString(signature);
    }
}
