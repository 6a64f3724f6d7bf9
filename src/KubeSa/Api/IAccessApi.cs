namespace KubeSa.Api;

/// <summary>Who may do what, as the server decides it.</summary>
public interface IAccessApi
{
    /// <summary>Asks whether a user may do something (SubjectAccessReview), or we ourselves (SelfSubjectAccessReview).</summary>
    Task<AccessDecision> ReviewAccessAsync(AccessRequest request, CallContext call);

    /// <summary>What we ourselves may do in a namespace and in the whole cluster (SelfSubjectRulesReview), for which nobody needs a right.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="impersonation">Whom to ask as; null for the connection's own user.</param>
    /// <param name="call">Whose call it is.</param>
    Task<OwnRules> ReviewRulesAsync(string ns, Impersonation? impersonation, CallContext call);
}
