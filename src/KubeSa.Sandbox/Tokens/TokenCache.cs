using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace KubeSa.Sandbox.Tokens;

/// <summary>
/// A success is remembered for ten seconds: that long a deleted account's token goes on working if it was just used.
/// </summary>
internal sealed class TokenCache(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private const int Crowded = 10_000;

    private readonly ConcurrentDictionary<string, (TokenVerdict Verdict, DateTimeOffset Until)> _known = new();

    public TokenVerdict? Find(string token, IReadOnlyList<string> audiences) =>
        _known.TryGetValue(KeyOf(token, audiences), out var known) && known.Until > time.GetUtcNow() ? known.Verdict : null;

    public void Add(string token, IReadOnlyList<string> audiences, TokenVerdict verdict)
    {
        if (verdict.User is null)
        {
            return;
        }

        if (_known.Count > Crowded)
        {
            Clear();
        }

        _known[KeyOf(token, audiences)] = (verdict, time.GetUtcNow() + Lifetime);
    }

    public void Clear() => _known.Clear();

    // The hash, so that no token lies around longer than its request.
    private static string KeyOf(string token, IReadOnlyList<string> audiences) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token + "\n" + string.Join('\n', audiences))));
}
