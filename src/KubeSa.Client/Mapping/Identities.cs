using k8s.Models;

namespace KubeSa.Client.Mapping;

/// <summary>Who the server takes the caller for, in our words.</summary>
internal static class Identities
{
    internal static Identity ToModel(V1SelfSubjectReview review)
    {
        var user = review.Status.UserInfo;
        return new Identity
        {
            UserName = user.Username,
            Uid = user.Uid,
            Groups = user.Groups?.ToArray() ?? [],
            Extra = user.Extra?.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()) ?? [],
        };
    }
}
