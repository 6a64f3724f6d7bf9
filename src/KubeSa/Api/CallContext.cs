namespace KubeSa.Api;

/// <summary>What every call to the API server gets from its caller: when to stop and whom to tell.</summary>
/// <param name="Notify">Takes what the call has to say; may be called from any thread.</param>
/// <param name="Stop">Cancelled when the user presses Ctrl+C.</param>
public sealed record CallContext(Action<Notice> Notify, CancellationToken Stop)
{
    /// <summary>Where the user stands: credential plugins run there, as kubectl runs them. Null for the folder of the process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether the user asked to see each request (-Verbose): without that nothing is written down of them.</summary>
    public bool ShowsRequests { get; init; }

    /// <summary>Whether a credential plugin may ask its user something at the terminal; not while a line is being typed there.</summary>
    public bool MayPrompt { get; init; } = true;

    /// <summary>A context that is never stopped and tells nobody.</summary>
    public static CallContext None { get; } = new(_ => { }, CancellationToken.None);
}
