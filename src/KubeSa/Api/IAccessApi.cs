namespace KubeSa.Api;

/// <summary>Who may do what, as the server decides it.</summary>
public interface IAccessApi
{
    /// <summary>Asks whether a user may do something (SubjectAccessReview), or we ourselves (SelfSubjectAccessReview).</summary>
    Task<AccessDecision> ReviewAccessAsync(AccessRequest request, CallContext call);
}
