using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Endpoints;

/// <summary>Something that answers by itself, before the stored resources are looked at. Comes after authorization.</summary>
public interface IEndpoint
{
    /// <summary>Whether the request is this endpoint's.</summary>
    bool Matches(RequestInfo info);

    /// <summary>Answers it; throws <see cref="ApiError"/> for a Status.</summary>
    Task HandleAsync(ApiRequest request);
}
