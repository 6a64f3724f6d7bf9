using System.Buffers;
using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Security;

namespace KubeSa.Tests.Secrecy;

/// <summary>
/// Looks for secrets in whatever can be reached from an object as a user or a logger would reach it: text, public
/// properties, items of collections, inner exceptions and what ToString says.
/// </summary>
internal sealed class SecretSearch(SearchValues<string> secrets)
{
    private const int Deepest = 12;

    // What objects hold there is data, and stays as the server sent it; views and ToString are searched.
    private static readonly HashSet<string> Data = ["Labels", "Annotations"];

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _found = [];

    internal SecretSearch(IEnumerable<string> secrets)
        : this(SearchValues.Create([.. secrets], StringComparison.Ordinal))
    {
    }

    /// <summary>How many texts were looked at: a search that saw nothing proves nothing.</summary>
    internal int Texts { get; private set; }

    internal IReadOnlyList<string> Found => _found;

    internal void Look(object? value, string where) => Look(value, where, 0);

    private void Look(object? value, string where, int depth)
    {
        switch (value)
        {
            case null or SecureString:
                return;
            case string text:
                Texts++;
                if (text.AsSpan().ContainsAny(secrets))
                {
                    _found.Add(where);
                }

                return;
        }

        var type = value.GetType();
        if (depth > Deepest || IsPlain(type) || !_seen.Add(value))
        {
            return;
        }

        Look(Attempt(value.ToString), $"{where}.ToString()", depth + 1);
        if (value is PSObject wrapped)
        {
            Look(wrapped.BaseObject is PSCustomObject ? null : wrapped.BaseObject, where, depth + 1);
            foreach (var property in wrapped.Properties.Where(property => !Data.Contains(property.Name)))
            {
                Look(Attempt(() => property.Value), $"{where}.{property.Name}", depth + 1);
            }
        }

        if (value is IEnumerable items and not IDictionary)
        {
            var index = 0;
            foreach (var item in items)
            {
                Look(item, $"{where}[{index++}]", depth + 1);
            }
        }

        if (value is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                Look(entry.Key, $"{where}.key", depth + 1);
                Look(entry.Value, $"{where}[{entry.Key}]", depth + 1);
            }
        }

        if (type.Namespace?.StartsWith("KubeSa", StringComparison.Ordinal) == true || value is Exception or ErrorRecord or InvocationInfo or ErrorCategoryInfo)
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && !Data.Contains(p.Name)))
            {
                Look(Attempt(() => property.GetValue(value)), $"{where}.{property.Name}", depth + 1);
            }
        }
    }

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || typeof(MemberInfo).IsAssignableFrom(type)
        || type == typeof(DateTime) || type == typeof(TimeSpan) || typeof(Delegate).IsAssignableFrom(type);

    // Many a property of an exception or an error record throws when it does not apply; then it shows nothing either.
    private static object? Attempt(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is TargetInvocationException or GetValueException or InvalidOperationException or NotSupportedException)
        {
            return failure.InnerException?.Message;
        }
    }
}
