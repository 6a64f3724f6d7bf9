namespace KubeSa;

/// <summary>How a step on the network ended, whatever was then said over it.</summary>
public enum StepOutcome : long
{
    /// <summary>It was done: connected, encrypted, answered.</summary>
    Done,

    /// <summary>The host name does not resolve.</summary>
    HostNotFound,

    /// <summary>The address refuses connections.</summary>
    Refused,

    /// <summary>There is no route to the address.</summary>
    Unreachable,

    /// <summary>Nothing came within the time allowed.</summary>
    TimedOut,

    /// <summary>The other side closed the connection.</summary>
    Reset,

    /// <summary>What came is not the protocol that was spoken: no TLS, no HTTP, an answer cut short or far too long.</summary>
    Malformed,

    /// <summary>It failed in another way.</summary>
    Failed,
}
