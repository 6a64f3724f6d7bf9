namespace KubeSa;

/// <summary>How a check ended.</summary>
public enum AccessCheckStatus : long
{
    /// <summary>All is well.</summary>
    Pass,

    /// <summary>It works, but something should be looked at.</summary>
    Warn,

    /// <summary>It does not work.</summary>
    Fail,

    /// <summary>Not tried, for an earlier check that it needs failed.</summary>
    Skip,
}
