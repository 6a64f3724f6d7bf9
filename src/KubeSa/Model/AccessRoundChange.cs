namespace KubeSa;

/// <summary>How the outcome of a round stands to that of the round before.</summary>
public enum AccessRoundChange : long
{
    /// <summary>It is the first round.</summary>
    First,

    /// <summary>It is the same.</summary>
    Same,

    /// <summary>Access worked and fails now.</summary>
    Failed,

    /// <summary>Access still fails, but for another cause.</summary>
    OtherCause,

    /// <summary>Access failed and works again.</summary>
    Recovered,
}
