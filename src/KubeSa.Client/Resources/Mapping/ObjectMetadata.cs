using System.Text.Json;
using KubeSa.Client.Json;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>What we look at of an object's metadata, read from the bytes.</summary>
internal struct ObjectMetadata
{
    private string? _namespace;
    private string? _name;

    internal Dictionary<string, string>? Labels { get; private set; }

    internal Dictionary<string, string>? Annotations { get; private set; }

    internal DateTime? CreationTimestamp { get; private set; }

    internal string? Uid { get; private set; }

    internal string? ResourceVersion { get; private set; }

    /// <summary>As in KubernetesObjectExtensions.Identified: what has no name is not an object of Kubernetes.</summary>
    internal readonly string RequiredName =>
        string.IsNullOrEmpty(_name) ? throw new FormatException("An object has no metadata.name.") : _name;

    internal readonly string RequiredNamespace =>
        string.IsNullOrEmpty(_namespace) ? throw new FormatException("An object has no metadata.namespace.") : _namespace;

    /// <param name="json">At the name of the field.</param>
    /// <param name="likely">A namespace that it may well be, so that a long list does not hold the same text over and over.</param>
    internal void Read(ref Utf8JsonReader json, string? likely)
    {
        if (!JsonFields.Enter(ref json))
        {
            return;
        }

        while (JsonFields.NextField(ref json))
        {
            if (JsonFields.Is(ref json, "name"u8))
            {
                _name = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "namespace"u8))
            {
                _namespace = JsonFields.Text(ref json, likely);
            }
            else if (JsonFields.Is(ref json, "uid"u8))
            {
                Uid = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "resourceVersion"u8))
            {
                ResourceVersion = JsonFields.Text(ref json);
            }
            else if (JsonFields.Is(ref json, "creationTimestamp"u8))
            {
                CreationTimestamp = JsonFields.Time(ref json);
            }
            else if (JsonFields.Is(ref json, "labels"u8))
            {
                Labels = JsonFields.Map(ref json);
            }
            else if (JsonFields.Is(ref json, "annotations"u8))
            {
                Annotations = JsonFields.Map(ref json);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
