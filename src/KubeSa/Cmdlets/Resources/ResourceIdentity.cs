using System.Collections;
using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>What an object says of itself.</summary>
internal sealed record ResourceIdentity(string Kind, string ApiVersion, string? Namespace, string Name, string? Uid)
{
    /// <summary>Reads it from an object or a hashtable; InvalidRequest where it is not an object of Kubernetes.</summary>
    internal static ResourceIdentity Of(object? value)
    {
        if (value is PSObject { BaseObject: WatchEvent told })
        {
            return Of(told.Object);
        }

        var metadata = Field(value, "metadata");
        return Text(value, "kind") is { } kind && Text(value, "apiVersion") is { } version && Text(metadata, "name") is { } name
            ? new ResourceIdentity(kind, version, Text(metadata, "namespace"), name, Text(metadata, "uid"))
            : throw new KubeApiException(
                FailureKind.InvalidRequest,
                "The input is not an object of Kubernetes: it needs kind, apiVersion and metadata.name, as Get-KubeResource gives them. Type a resource and a name instead.");
    }

    /// <summary>How discovery is asked for it.</summary>
    internal ResourceArgument Argument => ApiVersion.Split('/') is [var group, var version]
        ? new ResourceArgument(Kind, $"{version}.{group}", null)
        : new ResourceArgument(Kind, null, null);

    internal static object? Field(object? value, string name) => value switch
    {
        PSObject { BaseObject: IDictionary map } => map[name],
        IDictionary map => map[name],
        PSObject made => made.Properties[name]?.Value,
        _ => null,
    };

    private static string? Text(object? value, string name) =>
        (Field(value, name) is PSObject wrapped ? wrapped.BaseObject : Field(value, name)) is string { Length: > 0 } text ? text : null;
}
