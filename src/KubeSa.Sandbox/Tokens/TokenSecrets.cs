using System.Text;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tokens;

/// <summary>Secrets of the type kubernetes.io/service-account-token.</summary>
internal static class TokenSecrets
{
    public const string Type = "kubernetes.io/service-account-token";
    public const string AccountAnnotation = "kubernetes.io/service-account.name";
    public const string UidAnnotation = "kubernetes.io/service-account.uid";

    public static JsonObject Empty(string ns, string name, string account, string accountUid) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = ns,
            ["annotations"] = new JsonObject { [AccountAnnotation] = account, [UidAnnotation] = accountUid },
        },
        ["type"] = Type,
    };

    /// <summary>Puts in what is missing; what is there stays, be it right or wrong, but for the CA.</summary>
    public static void Fill(JsonObject secret, string accountUid, string caPem, Func<string> issue)
    {
        secret.Child("metadata").Child("annotations")[UidAnnotation] = accountUid;
        var data = secret.Child("data");
        data["ca.crt"] = Encode(caPem);
        SetIfEmpty(data, "namespace", () => secret.Text("metadata", "namespace")!);
        SetIfEmpty(data, "token", issue);
    }

    public static string? AccountOf(JsonObject secret) => secret.Text("metadata", "annotations", AccountAnnotation);

    public static string? UidOf(JsonObject secret) => secret.Text("metadata", "annotations", UidAnnotation);

    private static void SetIfEmpty(JsonObject data, string name, Func<string> value)
    {
        if (string.IsNullOrEmpty(data.Text(name)))
        {
            data[name] = Encode(value());
        }
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
