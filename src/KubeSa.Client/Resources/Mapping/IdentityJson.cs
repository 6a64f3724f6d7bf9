using System.Text.Json;
using KubeSa.Client.Json;
using KubeSa.Secrecy;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Reads who the server takes the caller for, from the bytes of a SelfSubjectReview.</summary>
internal static class IdentityJson
{
    /// <summary>The question, which has nothing to say.</summary>
    internal static byte[] Question => """{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}"""u8.ToArray();

    internal static Identity Read(ReadOnlySpan<byte> body)
    {
        var json = JsonFields.Begin(body);
        Identity? identity = null;
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "status"u8))
            {
                identity = Status(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        JsonFields.End(ref json);
        return identity ?? throw new FormatException("A SelfSubjectReview has no status.userInfo.");
    }

    private static Identity? Status(ref Utf8JsonReader json)
    {
        Identity? identity = null;
        if (JsonFields.Enter(ref json))
        {
            while (JsonFields.NextField(ref json))
            {
                if (JsonFields.Is(ref json, "userInfo"u8))
                {
                    identity = UserInfo(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return identity;
    }

    private static Identity? UserInfo(ref Utf8JsonReader json)
    {
        if (!JsonFields.Enter(ref json))
        {
            return null;
        }

        string? name = null, uid = null;
        string[] groups = [];
        var extra = new Dictionary<string, string[]>();
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "username"u8))
            {
                name = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "uid"u8))
            {
                uid = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "groups"u8))
            {
                groups = JsonFields.Texts(ref json);
            }
            else if (JsonFields.Is(ref json, "extra"u8))
            {
                Extra(ref json, extra);
            }
            else
            {
                json.Skip();
            }
        }

        return new Identity
        {
            UserName = name.Required("username"),
            Uid = uid,
            Groups = groups,
            Extra = extra.ToDictionary(entry => SafeName.Of(entry.Key), entry => SafeName.All(entry.Value)),
        };
    }

    private static void Extra(ref Utf8JsonReader json, Dictionary<string, string[]> extra)
    {
        if (!JsonFields.Enter(ref json))
        {
            return;
        }

        while (JsonFields.NextField(ref json))
        {
            extra[JsonFields.Name(ref json)] = JsonFields.Texts(ref json);
        }
    }
}
