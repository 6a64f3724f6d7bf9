using System.Management.Automation;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Makes the object that scripts get of what the server sent.</summary>
internal static class ResourceObject
{
    /// <summary>The name of the type that all objects of the server have.</summary>
    internal const string TypeName = "KubeSa.Resource";

    /// <summary>The object, with the fields and in the order that the server has, kind and apiVersion always among them.</summary>
    internal static PSObject Of(ResourceOrigin origin)
    {
        var made = new PSObject();
        var (json, resource) = (origin.Row.Json, origin.Resource);
        var version = resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}";
        var (kind, apiVersion) = ReadInto(made, origin, json);

        // Items of a plain list do not say what they are.
        if (apiVersion is null)
        {
            made.Properties.Add(new PSNoteProperty("apiVersion", version));
        }

        if (kind is null)
        {
            made.Properties.Add(new PSNoteProperty("kind", resource.Kind));
        }

        made.TypeNames.Insert(0, TypeName);
        made.TypeNames.Insert(0, $"{TypeName}#{apiVersion ?? version}/{kind ?? resource.Kind}");
        return made;
    }

    /// <summary>Where an object came from; null for one that has lost it or never had it.</summary>
    internal static ResourceOrigin? OriginOf(PSObject? instance) => (instance?.Properties["metadata"] as LazyProperty)?.Origin;

    private static (string? Kind, string? ApiVersion) ReadInto(PSObject made, ResourceOrigin origin, ReadOnlyMemory<byte> json)
    {
        string? kind = null, apiVersion = null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var properties = made.Properties;
        var reader = JsonTree.Reader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonTree.Text(ref reader);
            reader.Read();
            if (name.Length == 0 || !names.Add(name))
            {
                throw new KubeApiException(
                    FailureKind.ProtocolError,
                    $"'{origin.Row.Name}' has a field '{name}' that PowerShell cannot tell from another one. Read it with kubectl get -o json instead.",
                    origin.Row.Name);
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                properties.Add(
                    new LazyProperty(name, json[start..(int)reader.BytesConsumed], name == "metadata" ? origin : null), preValidated: true);
                continue;
            }

            var value = JsonTree.Value(ref reader);
            properties.Add(new PSNoteProperty(name, ShownValue.OfText(value)), preValidated: true);
            (kind, apiVersion) = (name == "kind" ? value as string : kind, name == "apiVersion" ? value as string : apiVersion);
        }

        return (kind, apiVersion);
    }
}
