using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Admission;

/// <summary>Changes or refuses an object between authorization and the store. Sees create, update (patch too) and delete.</summary>
public interface IAdmission
{
    /// <summary>
    /// Answers with the object to go on with, which may be <paramref name="obj"/>, changed; throws <see cref="ApiError"/> to refuse.
    /// On delete <paramref name="obj"/> and <paramref name="old"/> are the same; on create <paramref name="old"/> is null.
    /// </summary>
    JsonObject Admit(RequestInfo info, UserInfo user, JsonObject obj, JsonObject? old);
}
