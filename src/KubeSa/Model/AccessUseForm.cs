namespace KubeSa;

/// <summary>In which form Get-KubeAccessUse and Merge-KubeAccessUse return what a log shows.</summary>
public enum AccessUseForm : long
{
    /// <summary>Each right that was used, as a KubeSa.AccessUse.</summary>
    Use,

    /// <summary>One line of text with all of it, to be saved and merged with others by Merge-KubeAccessUse.</summary>
    Aggregate,

    /// <summary>What the log covers: its time, gaps, levels and kinds of requests.</summary>
    Coverage,
}
