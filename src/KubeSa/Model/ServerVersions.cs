namespace KubeSa;

/// <summary>What of a server's version decides about advice: since when tokens and their Secrets are made in another way.</summary>
internal static class ServerVersions
{
    /// <summary>From 1.21 on pods get a token that renews itself and no longer that of a Secret.</summary>
    internal const int ProjectedTokens = 21;

    /// <summary>From 1.24 on accounts no longer get a token Secret by themselves.</summary>
    internal const int NoSecretsByThemselves = 24;

    /// <summary>From 1.29 on servers mark the tokens of Secrets invalid that were not used for a year.</summary>
    internal const int UnusedTokensInvalid = 29;

    /// <summary>The second number of a version such as v1.36.2 or v1.27+; null where it is none of version 1.</summary>
    internal static int? Minor(string? version)
    {
        if (version?.Split('.') is not ["v1" or "1", var minor, ..])
        {
            return null;
        }

        var digits = new string([.. minor.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, out var number) ? number : null;
    }
}
