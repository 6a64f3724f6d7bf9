namespace KubeSa;

/// <summary>The checks of a token, in the order in which the first that fails is the cause.</summary>
public enum TokenTestCheckName : long
{
    /// <summary>It is a JSON Web Token (RFC 7519).</summary>
    Format,

    /// <summary>One of the keys verifies its signature (RFC 7515).</summary>
    Signature,

    /// <summary>Its time has come and is not over.</summary>
    Time,

    /// <summary>Its account is there, and is the one it was issued for.</summary>
    ServiceAccount,

    /// <summary>The Secret it is stored in or bound to is there.</summary>
    Secret,

    /// <summary>The pod it is bound to is there.</summary>
    Pod,

    /// <summary>The node it is bound to, without a pod in between, is there.</summary>
    Node,

    /// <summary>It is for whom it is shown to.</summary>
    Audience,

    /// <summary>The server accepts it (TokenReview).</summary>
    Review,
}
