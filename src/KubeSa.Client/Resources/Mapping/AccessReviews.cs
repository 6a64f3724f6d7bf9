using k8s.Models;
using KubeSa.Api;
using KubeSa.Secrecy;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Questions about rights, between the client library's words and ours.</summary>
internal static class AccessReviews
{
    private const string Version = "authorization.k8s.io/v1";

    internal static V1SelfSubjectAccessReview AboutUs(AccessRequest request) => new()
    {
        ApiVersion = Version,
        Kind = "SelfSubjectAccessReview",
        Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = Resource(request), NonResourceAttributes = Path(request) },
    };

    internal static V1SubjectAccessReview AboutUser(AccessRequest request) => new()
    {
        ApiVersion = Version,
        Kind = "SubjectAccessReview",
        Spec = new V1SubjectAccessReviewSpec
        {
            User = request.User,
            Groups = [.. request.Groups],
            ResourceAttributes = Resource(request),
            NonResourceAttributes = Path(request),
        },
    };

    internal static AccessDecision ToModel(AccessRequest request, V1SubjectAccessReviewStatus? status) => new()
    {
        Allowed = (status ?? throw new FormatException("An access review has no status.")).Allowed,
        Denied = status.Denied ?? false,
        Reason = SafeExcerpt.Of(status.Reason, SafeExcerpt.Paragraph),
        EvaluationError = SafeExcerpt.Of(status.EvaluationError, SafeExcerpt.Paragraph),
        UserName = request.User,
        Verb = request.Verb,
        Resource = request.Resource is null ? null : request.FullResource,
        Name = request.Name,
        Namespace = request.Namespace,
        NonResourceUrl = request.NonResourceUrl,
    };

    internal static V1SelfSubjectRulesReview AboutOurRules(string ns) => new()
    {
        ApiVersion = Version,
        Kind = "SelfSubjectRulesReview",
        Spec = new V1SelfSubjectRulesReviewSpec { NamespaceProperty = ns },
    };

    internal static OwnRules ToModel(V1SubjectRulesReviewStatus? status) => new(
        [
            .. ((status ?? throw new FormatException("A rules review has no status.")).ResourceRules ?? []).Select(rule => new RoleRule
            {
                Verbs = [.. rule.Verbs ?? []],
                ApiGroups = [.. rule.ApiGroups ?? []],
                Resources = [.. rule.Resources ?? []],
                ResourceNames = [.. rule.ResourceNames ?? []],
            }),
            .. (status.NonResourceRules ?? []).Select(rule => new RoleRule { Verbs = [.. rule.Verbs ?? []], NonResourceUrls = [.. rule.NonResourceURLs ?? []] }),
        ],
        status.Incomplete,
        SafeExcerpt.Of(status.EvaluationError, SafeExcerpt.Paragraph) is { Length: > 0 } problem ? problem : null);

    private static V1ResourceAttributes? Resource(AccessRequest request) => request.Resource is null
        ? null
        : new V1ResourceAttributes
        {
            Verb = request.Verb,
            Group = request.Group,
            Resource = request.Resource,
            Subresource = request.Subresource,
            Name = request.Name,
            NamespaceProperty = request.Namespace,
        };

    private static V1NonResourceAttributes? Path(AccessRequest request) => request.NonResourceUrl is null
        ? null
        : new V1NonResourceAttributes { Verb = request.Verb, Path = request.NonResourceUrl };
}
