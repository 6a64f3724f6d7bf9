using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>The exceptions by which PowerShell itself ends a pipeline. Whoever catches them breaks Ctrl+C, -First and -ErrorAction Stop.</summary>
internal static class PowerShellExceptions
{
    /// <summary>Whether an exception is PowerShell's, or the process's end, and no failure of the work at hand.</summary>
    internal static bool MustPass(Exception failure) => failure is
        PipelineStoppedException // Ctrl+C, and a command behind this one that ended with a terminating error
        or ActionPreferenceStopException // -ErrorAction Stop, or an answer to Inquire
        or CmdletInvocationException // a terminating error of a command behind this one
        or FlowControlException // break, exit, and the end that Select-Object -First wants
        or OutOfMemoryException;
}
