using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tokens;

/// <summary>
/// Who signs with which key, and which keys are accepted. In a cluster the API server signs requested tokens, the
/// controller-manager those of Secrets, and the two are configured apart: the story begins where they differ.
/// </summary>
internal sealed class KeyRing
{
    private readonly Task<SigningKey> _first;
    private volatile Keys? _keys;

    /// <summary>Begins with a key that may still be in the making: finding two primes takes longer than the rest of the start.</summary>
    public KeyRing(Task<SigningKey> first) => _first = first;

    /// <summary>Raised when a key was replaced: what was verified before must be verified anew.</summary>
    public event Action? Replaced;

    /// <summary>Signs the answers of TokenRequest.</summary>
    public SigningKey ServerKey => Current.Server;

    /// <summary>Signs the tokens that are kept in Secrets.</summary>
    public SigningKey ControllerKey => Current.Controller;

    public IReadOnlyList<SigningKey> Accepted => Current.Accepted;

    /// <summary>Tokens signed by a key that is not in <paramref name="accepted"/> no longer verify.</summary>
    public void Replace(SigningKey server, SigningKey controller, params SigningKey[] accepted)
    {
        _keys = new Keys(server, controller, accepted);
        Replaced?.Invoke();
    }

    /// <summary>One new key for all; every token made before is stale.</summary>
    public void Rotate()
    {
        var key = SigningKey.Create();
        Replace(key, key, key);
    }

    public JsonObject ToJsonWebKeySet() =>
        new() { ["keys"] = new JsonArray([.. Accepted.Select(key => (JsonNode)key.ToJsonWebKey())]) };

    private Keys Current
    {
        get
        {
            if (_keys is null)
            {
                var key = _first.GetAwaiter().GetResult();
                _keys ??= new Keys(key, key, [key]);
            }

            return _keys;
        }
    }

    private sealed record Keys(SigningKey Server, SigningKey Controller, IReadOnlyList<SigningKey> Accepted);
}
