using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeSa.Analysis.Snapshot;

/// <summary>
/// What the library does not see to: nothing empty is written, and where the types say that nothing is null, nothing that is read is,
/// so that nobody behind need ask.
/// </summary>
internal static class SnapshotJsonRules
{
    internal static void Apply(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var needed = new List<(string Name, Func<object, object?> Get)>();
        var nullability = new NullabilityInfoContext();
        foreach (var property in type.Properties)
        {
            if (property is not { Get: { } get, AttributeProvider: PropertyInfo member } || property.PropertyType.IsValueType)
            {
                continue;
            }

            if (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
            {
                property.ShouldSerialize = static (_, value) => value is ICollection { Count: > 0 } or IReadOnlyCollection<object> { Count: > 0 };
            }

            if (property.PropertyType == typeof(SnapshotPodSecurity))
            {
                property.ShouldSerialize = static (_, value) => !ReferenceEquals(value, SnapshotPodSecurity.Usual);
            }

            if (nullability.Create(member).ReadState == NullabilityState.NotNull)
            {
                needed.Add((property.Name, get));
            }
        }

        if (needed.Count > 0)
        {
            type.OnDeserialized = instance => needed.ForEach(property => Require(property.Name, property.Get(instance)));
        }
    }

    private static void Require(string name, object? value)
    {
        var holdsNull = value switch
        {
            null => true,
            string => false,
            IReadOnlyDictionary<string, string?> map => map.Values.Contains(null),
            IEnumerable<object?> items => items.Contains(null),
            _ => false,
        };
        if (holdsNull)
        {
            throw new JsonException($"'{name}' is missing or null.");
        }
    }
}
