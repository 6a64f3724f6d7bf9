namespace KubeSa;

/// <summary>Why a right that an account holds was not seen in use.</summary>
public enum AccessUseGap : long
{
    /// <summary>Such requests are logged, and the account made none in that time.</summary>
    NotSeen,

    /// <summary>No such request of anybody is in the log: the audit policy may leave this kind out.</summary>
    KindNeverLogged,

    /// <summary>The server checks this right without an event of its own: bind, escalate, finalizers and the like.</summary>
    CannotBeLogged,

    /// <summary>The log is shorter than a schedule by which the account works.</summary>
    WindowTooShort,
}
