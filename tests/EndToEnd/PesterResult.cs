namespace KubeSa.EndToEnd;

/// <summary>How one It ended, as Invoke-Suite.ps1 writes it.</summary>
internal sealed record PesterResult(string File, string Name, string Result, string Message);
