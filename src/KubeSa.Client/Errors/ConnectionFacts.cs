using KubeSa.Api;

namespace KubeSa.Client.Errors;

/// <summary>What failures tell of the connection that they happened on.</summary>
internal sealed class ConnectionFacts
{
    internal required Uri Server { get; init; }

    internal required ConnectionInfo Info { get; init; }

    /// <summary>Whether anything proves to the server who we are.</summary>
    internal required bool HasCredentials { get; init; }

    /// <summary>How long a call may take.</summary>
    internal required TimeSpan Timeout { get; init; }

    /// <summary>The proxy that the connection goes through, without its credentials; null for none. Asked when something failed.</summary>
    internal required Func<string?> Proxy { get; init; }

    /// <summary>Why the client certificate does not count at this time, with its date; null where it does or there is none.</summary>
    internal required Func<string?> CertificateDates { get; init; }
}
