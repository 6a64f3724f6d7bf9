using System.Text;
using System.Text.Json.Nodes;
using KubeSa.Sandbox.Validation;

namespace KubeSa.Sandbox.Kinds;

/// <summary>Secrets: stringData goes into data, the type is Opaque unless said and never changes.</summary>
internal sealed class SecretStrategy : ResourceStrategy
{
    private const string AccountName = "kubernetes.io/service-account.name";

    public override void Default(JsonObject obj, ServerVersion serverVersion)
    {
        obj["type"] = obj.Text("type") is { Length: > 0 } type ? type : "Opaque";
        foreach (var (name, value) in obj["stringData"]?.AsObject() ?? [])
        {
            obj.Child("data")[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes((string?)value ?? ""));
        }

        obj.Remove("stringData");
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, ServerVersion serverVersion)
    {
        if (obj.Text("type") == "kubernetes.io/service-account-token" && obj["metadata"]!["annotations"].Text(AccountName) is null or "")
        {
            yield return FieldError.Required($"metadata.annotations[{AccountName}]");
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject obj, JsonObject old, ServerVersion serverVersion)
    {
        if (obj.Text("type") != old.Text("type"))
        {
            yield return FieldError.Invalid("type", obj.Text("type") ?? "", "field is immutable");
        }

        foreach (var error in Validate(obj, serverVersion))
        {
            yield return error;
        }
    }
}
