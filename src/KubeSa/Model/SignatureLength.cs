namespace KubeSa;

/// <summary>
/// How long a signature is follows from its algorithm and key (RFC 7518, section 3): by that a token that was cut short, or
/// has text behind it, is told from one of an unknown key.
/// </summary>
internal static class SignatureLength
{
    private const int ShortestRsa = 128;
    private const int UsualRsa = 256;

    // Keys of 1024, 2048, 3072, 4096 bits and so on; nobody makes others, and a cut of up to 31 bytes always shows.
    private const int RsaStep = 32;

    /// <summary>How many bytes an algorithm makes whatever the key; null where that depends on the key or is not known.</summary>
    internal static int? OfAlgorithm(string? algorithm) => algorithm switch
    {
        "ES256" => 64,
        "ES384" => 96,
        "ES512" => 132,
        _ => null,
    };

    /// <summary>How many bytes a key of so many bits makes; null where the algorithm is none of those that API servers use.</summary>
    internal static int? OfKey(string? algorithm, int bits) => IsRsa(algorithm) ? (bits + 7) / 8 : OfAlgorithm(algorithm);

    /// <summary>
    /// What is wrong with the length of a signature, as a sentence; null where nothing is, or where it cannot be told.
    /// </summary>
    /// <param name="algorithm">The algorithm that the token names.</param>
    /// <param name="bytes">How long the signature is; null where that is not known.</param>
    /// <param name="expected">How long the key that the token names makes it; null where that key is not known.</param>
    internal static string? Fault(string? algorithm, int? bytes, int? expected = null)
    {
        if (bytes is not { } length)
        {
            return null;
        }

        return (expected ?? OfAlgorithm(algorithm)) switch
        {
            { } right when length < right => $"it was cut short: its signature has {length} bytes, and {algorithm} with its key makes {right}",
            { } right when length > right => $"there is something behind it: its signature has {length} bytes, and {algorithm} with its key makes {right}",
            { } => null,
            null when !IsRsa(algorithm) || (length >= ShortestRsa && length % RsaStep == 0) => null,
            null when length < UsualRsa => $"it was cut short: its signature has {length} bytes, and {algorithm} makes {UsualRsa} or more",
            null => $"it was cut short or there is something behind it: its signature has {length} bytes, and no key makes that many with {algorithm}",
        };
    }

    /// <summary>Whether a signature is longer than its algorithm makes it with the usual keys, as where text follows the token.</summary>
    internal static bool IsTooLong(string? algorithm, int? bytes) =>
        OfAlgorithm(algorithm) is { } right ? bytes > right : IsRsa(algorithm) && bytes > UsualRsa && bytes % RsaStep != 0;

    private static bool IsRsa(string? algorithm) => algorithm is ['R' or 'P', 'S', >= '0' and <= '9', ..];
}
