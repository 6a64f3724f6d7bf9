namespace KubeSa.EndToEnd;

/// <summary>A tool that the Pester files need is not on this machine and could not be had; they are skipped.</summary>
internal sealed class ToolMissingException(string message) : Exception(message);
