namespace KubeSa.Sandbox.Auth;

/// <summary>Users and groups the server itself gives a meaning.</summary>
internal static class WellKnownUsers
{
    public const string AuthenticatedGroup = "system:authenticated";
    public const string UnauthenticatedGroup = "system:unauthenticated";
    public const string AnonymousName = "system:anonymous";

    /// <summary>Whoever shows no credentials at all.</summary>
    public static UserInfo Anonymous { get; } = new(AnonymousName, UnauthenticatedGroup);
}
