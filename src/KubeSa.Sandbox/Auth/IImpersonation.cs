using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Auth;

/// <summary>Lets one user act as another, after authentication and before authorization.</summary>
public interface IImpersonation
{
    /// <summary>The user to go on as; throws <see cref="ApiError"/> when the asker may not.</summary>
    UserInfo Impersonate(HttpContext context, UserInfo asker);
}
