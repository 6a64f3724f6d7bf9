using System.Text.Json;
using KubeSa.Client.Json;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>
/// The one reader of service accounts, whatever was asked: straight from the server's bytes. The same answers read by way of
/// the client library's models must come out the same, which a test (BothWaysTests) sees to.
/// </summary>
internal static class ServiceAccountJson
{
    internal static ServiceAccount Read(ReadOnlySpan<byte> body)
    {
        var json = JsonFields.Begin(body);
        var account = Account(ref json, null);
        JsonFields.End(ref json);
        return account;
    }

    internal static ListPage<ServiceAccount> ReadPage(ReadOnlySpan<byte> body)
    {
        var json = JsonFields.Begin(body);
        var items = new List<ServiceAccount>();
        var unreadable = new List<string>();
        string? next = null;
        long? remaining = null;
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "items"u8))
            {
                Items(ref json, items, unreadable);
            }
            else if (JsonFields.Is(ref json, "metadata"u8))
            {
                ListMetadata(ref json, ref next, ref remaining);
            }
            else
            {
                json.Skip();
            }
        }

        JsonFields.End(ref json);
        return new ListPage<ServiceAccount>(items, next, remaining) { Unreadable = unreadable };
    }

    private static void Items(ref Utf8JsonReader json, List<ServiceAccount> items, List<string> unreadable)
    {
        if (!JsonFields.EnterArray(ref json))
        {
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var start = json;
            try
            {
                items.Add(json.TokenType == JsonTokenType.StartObject
                    ? Account(ref json, items.Count > 0 ? items[^1] : null)
                    : throw new FormatException("An item of the list is not an object."));
            }
            catch (FormatException failure)
            {
                // The reader is a value: back to where the item began, and past it.
                json = start;
                json.Skip();
                unreadable.Add(failure.Message);
            }
        }
    }

    private static void ListMetadata(ref Utf8JsonReader json, ref string? next, ref long? remaining)
    {
        if (!JsonFields.Enter(ref json))
        {
            return;
        }

        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "continue"u8))
            {
                next = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "remainingItemCount"u8))
            {
                remaining = JsonFields.Number(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <param name="json">At the beginning of the account's object.</param>
    /// <param name="before">The account before it in a list, which is most often of the same namespace.</param>
    private static ServiceAccount Account(ref Utf8JsonReader json, ServiceAccount? before)
    {
        var metadata = new ObjectMetadata();
        string[] secrets = [], pullSecrets = [];
        bool? automount = null;
        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "metadata"u8))
            {
                metadata.Read(ref json, before?.Namespace);
            }
            else if (JsonFields.Is(ref json, "secrets"u8))
            {
                secrets = Names(ref json);
            }
            else if (JsonFields.Is(ref json, "imagePullSecrets"u8))
            {
                pullSecrets = Names(ref json);
            }
            else if (JsonFields.Is(ref json, "automountServiceAccountToken"u8))
            {
                automount = JsonFields.Flag(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return new ServiceAccount
        {
            Namespace = metadata.RequiredNamespace,
            Name = metadata.RequiredName,
            MountableSecrets = secrets,
            ImagePullSecrets = pullSecrets,
            AutomountToken = automount,
            Labels = metadata.Labels ?? [],
            Annotations = metadata.Annotations ?? [],
            CreationTimestamp = metadata.CreationTimestamp.ToLocal(),
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
        };
    }

    private static string[] Names(ref Utf8JsonReader json)
    {
        if (!JsonFields.EnterArray(ref json))
        {
            return [];
        }

        var names = new List<string>();
        while (JsonFields.NextObject(ref json))
        {
            string? name = null;
            while (JsonFields.NextField(ref json))
            {
                if (JsonFields.Is(ref json, "name"u8))
                {
                    name = JsonFields.Text(ref json);
                }
                else
                {
                    json.Skip();
                }
            }

            names.Add(name ?? string.Empty);
        }

        return [.. names];
    }
}
