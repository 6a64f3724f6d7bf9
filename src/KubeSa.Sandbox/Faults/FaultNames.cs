namespace KubeSa.Sandbox.Faults;

/// <summary>What can go wrong.</summary>
public static class FaultNames
{
    /// <summary>Nothing listens: connections are refused, open ones break.</summary>
    public const string Refuse = "refuse";

    /// <summary>No answer comes at all.</summary>
    public const string Stall = "stall";

    /// <summary>Half of the body comes, then nothing more.</summary>
    public const string StallBody = "stall-body";

    /// <summary>Half of the body comes, then the connection breaks.</summary>
    public const string ResetBody = "reset-body";

    /// <summary>Half of the body comes, as if it were all.</summary>
    public const string TruncatedJson = "truncated-json";

    /// <summary>200 with a page of HTML, as from a proxy that wants a login.</summary>
    public const string Html = "html";

    /// <summary>502 with a page of HTML, as from a proxy that finds no server.</summary>
    public const string BadGateway = "bad-gateway";

    /// <summary>401 for the token that is in the mount directory, until the file holds another.</summary>
    public const string RejectedToken = "rejected-token";

    /// <summary>403 for every resource.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>409 for every update and patch.</summary>
    public const string Conflict = "conflict";

    /// <summary>410 for the second page of a list; its own continue token works.</summary>
    public const string ExpiredList = "expired-list";

    /// <summary>429 with Retry-After.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>503 with Retry-After.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>A certificate of the right authority for another host.</summary>
    public const string WrongName = "wrong-name";

    /// <summary>A certificate of an authority nobody knows.</summary>
    public const string UnknownAuthority = "unknown-authority";

    /// <summary>A certificate that has expired.</summary>
    public const string ExpiredCertificate = "expired-certificate";

    /// <summary>A new authority: the certificate and the CA files change at once.</summary>
    public const string RotatedAuthority = "rotated-authority";

    /// <summary>Each page of a list takes its time.</summary>
    public const string SlowPages = "slow-pages";

    /// <summary>The server has lost its store.</summary>
    public const string StoreDown = "store-down";

    /// <summary>Tokens are given out by the issuer the server had before, which it accepts no longer.</summary>
    public const string FormerIssuer = "former-issuer";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Refuse, Stall, StallBody, ResetBody, TruncatedJson, Html, BadGateway, RejectedToken, Forbidden, Conflict, ExpiredList, TooManyRequests,
        Unavailable, WrongName, UnknownAuthority, ExpiredCertificate, RotatedAuthority, SlowPages, StoreDown, FormerIssuer,
    ];
}
