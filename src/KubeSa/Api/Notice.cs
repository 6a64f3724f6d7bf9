namespace KubeSa.Api;

/// <summary>What a call has to say while it runs; the cmdlet writes it to the matching stream.</summary>
public abstract record Notice;

/// <summary>For those who asked for -Verbose; never with a secret.</summary>
public sealed record VerboseNotice(string Message) : Notice;

/// <summary>Something the user should know although the call goes on.</summary>
public sealed record WarningNotice(string Message) : Notice;

/// <summary>How far a long call is.</summary>
/// <param name="Activity">What is being done.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Percent">0 to 100, or -1 where it cannot be told.</param>
/// <param name="Completed">Whether the bar is to go away.</param>
public sealed record ProgressNotice(string Activity, string Status, int Percent, bool Completed = false) : Notice;
