namespace KubeSa.Sandbox.Auth;

/// <summary>Finds out who asks: by client certificate, bearer token, or nothing at all.</summary>
public interface IAuthenticator
{
    /// <summary>Answers with a user, or with none when the credentials are refused (401).</summary>
    ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext context);
}

/// <summary>A user, or why there is none; the reason goes to no client. Warnings become Warning headers.</summary>
public sealed record AuthenticationResult(UserInfo? User, string? Reason = null, IReadOnlyList<string>? Warnings = null)
{
    /// <summary>What the audit log is told of the credentials; null for nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Annotations { get; init; }
}
