namespace KubeSa;

/// <summary>How sure it is that a step can be taken. They are ordered: <c>-ge Likely</c> leaves out what is merely possible.</summary>
public enum EscalationCertainty : long
{
    /// <summary>It depends on something that was not, or cannot be, looked at.</summary>
    Possible,

    /// <summary>It works unless something out of the ordinary prevents it, such as a policy engine.</summary>
    Likely,

    /// <summary>The API server allows it; nothing that was looked at prevents it.</summary>
    Certain,
}
