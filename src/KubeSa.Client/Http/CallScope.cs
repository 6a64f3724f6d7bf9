using KubeSa.Api;
using KubeSa.Client.Config;

namespace KubeSa.Client.Http;

/// <summary>
/// The call that a request belongs to. It flows with the async context, for the client library has no place to put
/// it in.
/// </summary>
/// <param name="Call">Whom to tell what happens.</param>
/// <param name="Deadline">When the call has to end, in UTC.</param>
/// <param name="Impersonation">Whom to act as in this call, whatever the connection says; null to go by that.</param>
internal sealed record CallScope(CallContext Call, DateTime Deadline, ImpersonationHeaders? Impersonation = null)
{
    private static readonly AsyncLocal<CallScope?> Flowing = new();

    /// <summary>What the server answered last, for the client library keeps nothing of what it cannot read.</summary>
    internal LastAnswer Answered { get; } = new();

    internal static CallScope Current
    {
        get => Flowing.Value ?? new CallScope(CallContext.None, DateTime.MaxValue);
        set => Flowing.Value = value;
    }

    /// <summary>The time left for the call.</summary>
    internal TimeSpan Remaining => Deadline - DateTime.UtcNow;

    internal sealed class LastAnswer
    {
        internal BufferedBody? Body { get; set; }
    }
}
