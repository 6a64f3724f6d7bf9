using System.Security.Cryptography;

namespace KubeSa.Sandbox;

/// <summary>The ends of generated names.</summary>
internal static class RandomName
{
    // No vowels and nothing that looks like another: no name becomes a word by chance.
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Five letters and digits.</summary>
    public static string Suffix() => RandomNumberGenerator.GetString(Letters, 5);
}
