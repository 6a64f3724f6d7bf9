namespace KubeSa.Api;

/// <summary>Who may do what, as the server decides it.</summary>
public interface IAccessApi
{
    /// <summary>Asks whether a user may do something (SubjectAccessReview), or we ourselves (SelfSubjectAccessReview).</summary>
    Task<AccessDecision> ReviewAccessAsync(AccessRequest request, CallContext call);

    /// <summary>
    /// Finds a resource as kubectl does, by its name in the plural or singular or by its short name, in a group or (null)
    /// in any; null where the server has none such, or does not let us look.
    /// </summary>
    Task<ApiResource?> FindResourceAsync(string name, string? group, CallContext call);

    /// <summary>
    /// The resources that the server has, without their subresources. A group whose own server is down is left out.
    /// </summary>
    Task<IReadOnlyList<ApiResource>> ListResourcesAsync(CallContext call);
}
