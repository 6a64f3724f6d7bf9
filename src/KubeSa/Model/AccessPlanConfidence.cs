namespace KubeSa;

/// <summary>How far a plan may be trusted; its reasons stand beside it.</summary>
public enum AccessPlanConfidence : long
{
    /// <summary>The log is too short or has holes: what was not seen may still be needed.</summary>
    Low,

    /// <summary>The log is long enough, and something in it keeps a doubt.</summary>
    Medium,

    /// <summary>The log is long enough, whole, and holds a full round of what the account does.</summary>
    High,
}
