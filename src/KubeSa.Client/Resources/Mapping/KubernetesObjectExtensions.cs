using k8s.Models;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>The small things that all objects have.</summary>
internal static class KubernetesObjectExtensions
{
    /// <summary>A dictionary that PowerShell can use; never null.</summary>
    internal static Dictionary<string, string> ToModel(this IDictionary<string, string>? entries) =>
        entries is null ? [] : new Dictionary<string, string>(entries);

    /// <summary>What every answer of its kind has; without it, the answer is one that cannot be read.</summary>
    internal static T Required<T>(this T? value, string what)
        where T : class =>
        value is null or "" ? throw new FormatException($"An answer has no {what}.") : value;

    /// <summary>A time of the server, which is in UTC, as local time.</summary>
    internal static DateTime? ToLocal(this DateTime? time) => time?.ToUniversalTime().ToLocalTime();

    /// <summary>
    /// The metadata of what should be an object of Kubernetes; what has no name is none, and failures tell it as an
    /// answer that cannot be read.
    /// </summary>
    internal static V1ObjectMeta Identified(this IMetadata<V1ObjectMeta>? item) =>
        string.IsNullOrEmpty(item?.Metadata?.Name)
            ? throw new FormatException("An object has no metadata.name.")
            : item.Metadata;

    /// <summary>The same for an object that must live in a namespace.</summary>
    internal static V1ObjectMeta IdentifiedInNamespace(this IMetadata<V1ObjectMeta>? item) =>
        item.Identified() is { NamespaceProperty.Length: > 0 } metadata
            ? metadata
            : throw new FormatException("An object has no metadata.namespace.");
}
