using System.Text.RegularExpressions;
using KubeSa.Sandbox.Audit;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Endpoints;

/// <summary>The warnings that come with deprecated APIs.</summary>
internal static partial class Deprecations
{
    public static void Warn(ApiRequest request, ResourceType type)
    {
        var text = (type.ApiVersion, type.Name, request.State.ServerVersion.IsLegacy) switch
        {
            ("extensions/v1beta1", "ingresses", true) => "extensions/v1beta1 Ingress is deprecated in v1.14+, unavailable in v1.22+; use networking.k8s.io/v1 Ingress",
            ("networking.k8s.io/v1beta1", "ingresses", true) => "networking.k8s.io/v1beta1 Ingress is deprecated in v1.19+, unavailable in v1.22+; use networking.k8s.io/v1 Ingress",
            ("authentication.k8s.io/v1beta1" or "authorization.k8s.io/v1beta1", _, true) =>
                $"{type.ApiVersion} {type.Kind} is deprecated in v1.19+, unavailable in v1.22+; use {type.Group}/v1 {type.Kind}",
            ("v1", "endpoints", false) => "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
            ("v1", "componentstatuses", _) => "v1 ComponentStatus is deprecated in v1.19+",
            _ => null,
        };
        if (text is not null)
        {
            request.Warn(text);
            AuditRecord.Annotate(request.Http, "k8s.io/deprecated", "true");
            if (RemovedIn().Match(text) is { Success: true } removed)
            {
                AuditRecord.Annotate(request.Http, "k8s.io/removed-release", removed.Groups[1].Value);
            }
        }
    }

    [GeneratedRegex(@"unavailable in v([0-9.]+)\+")]
    private static partial Regex RemovedIn();
}
