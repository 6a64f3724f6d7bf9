namespace KubeSa;

/// <summary>How much harm a finding of the audit allows. They are ordered: <c>-ge High</c> finds High and Critical.</summary>
public enum AuditSeverity : long
{
    /// <summary>Worth knowing; nothing follows from it alone.</summary>
    Info,

    /// <summary>Makes other mistakes worse.</summary>
    Low,

    /// <summary>Gives away more than is needed.</summary>
    Medium,

    /// <summary>Takes over a namespace, a node or other accounts.</summary>
    High,

    /// <summary>Takes over the cluster.</summary>
    Critical,
}
