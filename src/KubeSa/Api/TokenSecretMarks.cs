namespace KubeSa.Api;

/// <summary>
/// By what a token Secret tells whose it is and whether it counts
/// (https://kubernetes.io/docs/reference/labels-annotations-taints/).
/// </summary>
public static class TokenSecretMarks
{
    /// <summary>The annotation with the name of the account.</summary>
    public const string Account = "kubernetes.io/service-account.name";

    /// <summary>The annotation with the uid of the account.</summary>
    public const string AccountUid = "kubernetes.io/service-account.uid";

    /// <summary>The label with the day of the last use, which servers from 1.28 on keep.</summary>
    public const string LastUsed = "kubernetes.io/legacy-token-last-used";

    /// <summary>The label with the day from which on the server refuses the token.</summary>
    public const string InvalidSince = "kubernetes.io/legacy-token-invalid-since";
}
