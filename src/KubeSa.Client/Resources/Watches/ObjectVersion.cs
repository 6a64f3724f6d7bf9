using KubeSa.Client.Json;

namespace KubeSa.Client.Resources.Watches;

/// <summary>Which object it is, and in which version.</summary>
/// <param name="Uid">Its unique id.</param>
/// <param name="ResourceVersion">Its version.</param>
internal readonly record struct ObjectVersion(string Uid, string ResourceVersion)
{
    /// <summary>Reads them from an object; a FormatException where it does not say them.</summary>
    internal static ObjectVersion Of(ReadOnlySpan<byte> json)
    {
        string? uid = null, version = null;
        var reader = TableJson.Reader(json);
        reader.Read();
        while (JsonFields.NextField(ref reader))
        {
            if (!JsonFields.Is(ref reader, "metadata"u8) || !JsonFields.Enter(ref reader))
            {
                reader.Skip();
                continue;
            }

            while (JsonFields.NextField(ref reader))
            {
                if (JsonFields.Is(ref reader, "uid"u8))
                {
                    uid = JsonFields.Text(ref reader);
                }
                else if (JsonFields.Is(ref reader, "resourceVersion"u8))
                {
                    version = JsonFields.Text(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            break;
        }

        return version is { Length: > 0 }
            ? new ObjectVersion(uid ?? string.Empty, version)
            : throw new FormatException("An object does not say its version, by which changes are told apart.");
    }
}
