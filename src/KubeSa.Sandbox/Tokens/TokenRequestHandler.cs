using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Audit;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Tokens;

/// <summary>serviceaccounts/token: a new bound token. Nothing is stored, so a dry run gives a token all the same.</summary>
internal sealed class TokenRequestHandler(TokenIssuer issuer) : ICreateHandler
{
    private const long DefaultSeconds = 3600;
    private const long ShortestSeconds = 600;

    public bool Matches(RequestInfo info) => info is { Group: "", Resource: "serviceaccounts", Subresource: "token" };

    public JsonObject Create(ApiRequest request, JsonObject body)
    {
        var (state, info) = (request.State, request.Info);
        var namespaces = state.Types.Get("", "namespaces");
        if (state.Store.TryGet(namespaces, "", info.Namespace) is null)
        {
            throw ApiError.NotFound(namespaces, info.Namespace);
        }

        CheckName(request, body);
        var account = state.Store.TryGet(request.Type!, info.Namespace, info.Name) ?? throw ApiError.NotFound(request.Type!, info.Name);
        var spec = body["spec"] as JsonObject ?? [];
        var seconds = SecondsOf(spec);
        var bound = spec["boundObjectRef"] as JsonObject;
        var wanted = new BoundTokenRequest(info.Namespace, new NamedUid(account.Name, account.Uid), seconds);
        if (spec["audiences"] is JsonArray { Count: > 0 } audiences)
        {
            wanted = wanted with { Audiences = [.. audiences.Select(audience => (string?)audience ?? "")] };
        }

        if (state.Faults.Has(FaultNames.FormerIssuer))
        {
            wanted = wanted with { Issuer = TokenIssuer.FormerIssuer };
        }

        if (bound is not null)
        {
            wanted = new TokenBinding(state).Bind(wanted, bound);
        }

        var token = issuer.IssueBound(wanted);
        if (!state.ServerVersion.IsLegacy && JsonWebSignature.TryParse(token) is { } issued && JsonWebSignature.Text(issued.Claims, "jti") is { } id)
        {
            AuditRecord.Annotate(request.Http, "authentication.kubernetes.io/issued-credential-id", "JTI=" + id);
        }

        var now = state.Time.GetUtcNow();
        return new JsonObject
        {
            ["kind"] = "TokenRequest",
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["metadata"] = Metadata(state, account, body),
            ["spec"] = new JsonObject
            {
                ["audiences"] = new JsonArray([.. wanted.Audiences.Select(audience => (JsonNode)audience)]),
                ["expirationSeconds"] = seconds,
                ["boundObjectRef"] = bound?.DeepClone(),
            },
            ["status"] = new JsonObject
            {
                ["token"] = token,
                ["expirationTimestamp"] = Clock.Format(now.AddSeconds(seconds)),
            },
        };
    }

    // 1.20 looks at neither name nor namespace of the body.
    private static void CheckName(ApiRequest request, JsonObject body)
    {
        if (request.State.ServerVersion.IsLegacy)
        {
            return;
        }

        if (body.Text("metadata", "namespace") is { Length: > 0 } ns && ns != request.Info.Namespace)
        {
            throw ApiError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (body.Text("metadata", "name") is { Length: > 0 } name && name != request.Info.Name)
        {
            throw FieldError.ToApiError("authentication.k8s.io", "TokenRequest", request.Info.Name, [FieldError.InvalidShown(
                "metadata.name", GoFormat.Quote(name), "must match the service account name if specified")]);
        }
    }

    private static long SecondsOf(JsonObject spec)
    {
        var seconds = spec["expirationSeconds"] is JsonValue value ? value.GetValue<long>() : DefaultSeconds;
        var problem = seconds < ShortestSeconds ? "may not specify a duration less than 10 minutes"
            : seconds > 1L << 32 ? "may not specify a duration larger than 2^32 seconds"
            : null;
        return problem is null
            ? seconds
            : throw FieldError.ToApiError("authentication.k8s.io", "TokenRequest", "", [FieldError.InvalidShown(
                "spec.expirationSeconds", seconds.ToString(CultureInfo.InvariantCulture), problem)]);
    }

    private static JsonObject Metadata(SandboxState state, StoredObject account, JsonObject body)
    {
        if (!state.ServerVersion.IsLegacy)
        {
            return new JsonObject
            {
                ["name"] = account.Name,
                ["namespace"] = account.Namespace,
                ["uid"] = account.Uid,
                ["creationTimestamp"] = state.Time.Stamp(),
            };
        }

        var metadata = body["metadata"]?.DeepClone() as JsonObject ?? [];
        metadata["creationTimestamp"] = null;
        return metadata;
    }
}
