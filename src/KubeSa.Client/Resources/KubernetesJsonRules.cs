using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;

namespace KubeSa.Client.Resources;

/// <summary>
/// What must hold of the objects that the client library reads, and it does not see to: that no element of an array is null
/// (then the object is none of Kubernetes), and that what maps text to text maps to text. So nothing behind it need ask.
/// </summary>
internal static class KubernetesJsonRules
{
    private static int _isAdded;

    /// <summary>To be called before the library reads its first answer: from then on its rules stand.</summary>
    internal static void Add()
    {
        if (Interlocked.Exchange(ref _isAdded, 1) == 0)
        {
            KubernetesJson.AddJsonOptions(options => options.TypeInfoResolver =
                (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Refuse));
        }
    }

    /// <summary>Whether a failure tells of what was read, whatever the type that the library's readers throw.</summary>
    internal static bool IsUnreadable(Exception failure) =>
        failure is JsonException or FormatException or NotSupportedException or InvalidDataException or InvalidOperationException or OverflowException or ArgumentException;

    private static void Refuse(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set)
            {
                continue;
            }

            if (typeof(IDictionary<string, string>).IsAssignableFrom(property.PropertyType))
            {
                property.Set = (target, value) => set(target, WithoutNulls(value));
            }
            else if (property.PropertyType != typeof(string) && property.PropertyType != typeof(byte[]) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                // A mapping to bytes may hold null, which is a Secret's way to write an empty value.
                property.Set = (target, value) => set(target, value is IList list && list.Contains(null)
                    ? throw new JsonException($"An element of '{property.Name}' is null.")
                    : value);
            }
        }
    }

    private static object? WithoutNulls(object? value)
    {
        if (value is IDictionary<string, string?> map && map.Values.Contains(null))
        {
            foreach (var key in map.Where(entry => entry.Value is null).Select(entry => entry.Key).ToList())
            {
                map[key] = string.Empty;
            }
        }

        return value;
    }
}
