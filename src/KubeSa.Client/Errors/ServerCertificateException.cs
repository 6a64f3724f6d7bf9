using System.Security.Authentication;
using KubeSa.Api;

namespace KubeSa.Client.Errors;

/// <summary>Why we refused a server's certificate; it travels inside the handshake's failure to where that is told.</summary>
internal sealed class ServerCertificateException(FailureKind kind, string message) : AuthenticationException(message)
{
    internal FailureKind Kind { get; } = kind;
}
