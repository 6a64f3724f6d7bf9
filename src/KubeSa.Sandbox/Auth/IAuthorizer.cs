namespace KubeSa.Sandbox.Auth;

/// <summary>Decides whether a user may do something.</summary>
public interface IAuthorizer
{
    /// <summary>Decides; what is not allowed is refused, whether denied or without an opinion.</summary>
    AuthorizationDecision Authorize(UserInfo user, AccessAttributes attributes);
}

/// <summary>The three answers of an authorizer.</summary>
public enum Verdict
{
    /// <summary>No rule speaks for it.</summary>
    NoOpinion,

    /// <summary>A rule allows it.</summary>
    Allowed,

    /// <summary>A rule forbids it.</summary>
    Denied,
}

/// <summary>The verdict and what is said about it.</summary>
public sealed record AuthorizationDecision(Verdict Verdict, string Reason = "", string EvaluationError = "")
{
    /// <summary>Whether the request may go on.</summary>
    public bool IsAllowed => Verdict == Verdict.Allowed;
}
