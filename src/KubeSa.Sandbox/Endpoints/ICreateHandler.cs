using System.Text.Json.Nodes;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Endpoints;

/// <summary>
/// A POST whose object is answered but not stored: reviews and token requests. The caller has read and checked the body
/// (content type, kind, strictness) and writes what comes back with 201.
/// </summary>
public interface ICreateHandler
{
    /// <summary>Whether the POST is this handler's; look at Group, Resource and Subresource.</summary>
    bool Matches(RequestInfo info);

    /// <summary>Answers with the object, kind and apiVersion included; throws <see cref="ApiError"/> to refuse.</summary>
    JsonObject Create(ApiRequest request, JsonObject body);
}
