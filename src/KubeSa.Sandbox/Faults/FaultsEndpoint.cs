using System.Text.Json;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Decoding;
using KubeSa.Sandbox.Endpoints;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>
/// /sandbox/faults, for administrators: GET shows what is switched on, PUT with <c>{"faults":[{"name":"stall-body","times":1}]}</c>
/// switches exactly that on, DELETE switches all off.
/// </summary>
internal sealed class FaultsEndpoint(FaultBoard board) : IEndpoint
{
    public const string Path = "/sandbox/faults";

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public bool Matches(RequestInfo info) => info.Path == Path;

    public async Task HandleAsync(ApiRequest request)
    {
        if (!request.User.Groups.Contains(UserInfo.Masters))
        {
            throw ApiError.Forbidden(request.User, AccessAttributes.Of(request.Info), "only administrators may switch faults");
        }

        switch (request.Info.Method)
        {
            case "GET":
                break;
            case "PUT":
                Set(await BodyDecoder.ReadAsync(request));
                break;
            case "DELETE":
                board.Clear();
                break;
            default:
                throw ApiError.MethodNotAllowed();
        }

        var faults = new JsonArray([.. board.Active.Select(f => JsonSerializer.SerializeToNode(f, Names))]);
        await ResponseWriter.JsonAsync(request.Http, 200, new JsonObject { ["faults"] = faults });
    }

    private void Set(byte[] body)
    {
        try
        {
            var faults = JsonNode.Parse(body)?["faults"].Deserialize<List<Fault>>(Names) ?? throw new JsonException("faults is missing");
            if (faults.Exists(f => f is { Name: FaultNames.Refuse, Seconds: null }))
            {
                throw new JsonException("refuse needs seconds: while it lasts, nobody can switch it off from outside");
            }

            board.Set(faults);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw ApiError.BadRequest(e.Message);
        }
    }
}
