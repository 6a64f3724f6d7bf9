using System.Collections.ObjectModel;
using System.Reflection;

namespace KubeSa.Help;

/// <summary>An attribute as it stands in the metadata, found by the name of its type.</summary>
internal sealed class Metadata
{
    private readonly CustomAttributeData _data;

    private Metadata(CustomAttributeData data) => _data = data;

    internal int Count => _data.ConstructorArguments.Count;

    internal static Metadata? Of(MemberInfo member, string attribute) => AllOf(member, attribute).FirstOrDefault();

    internal static IEnumerable<Metadata> AllOf(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == attribute).Select(data => new Metadata(data));

    /// <summary>An argument by its place.</summary>
    internal T At<T>(int index) => (T)_data.ConstructorArguments[index].Value!;

    /// <summary>An argument by its place that is a list.</summary>
    internal IReadOnlyList<T> List<T>(int index) =>
        [.. ((ReadOnlyCollection<CustomAttributeTypedArgument>)_data.ConstructorArguments[index].Value!).Select(item => (T)item.Value!)];

    /// <summary>An argument by its name; the type's default where it is not given.</summary>
    internal T? Named<T>(string name) => Has(name) ? (T)Argument(name).TypedValue.Value! : default;

    internal bool Has(string name) => _data.NamedArguments.Any(argument => argument.MemberName == name);

    private CustomAttributeNamedArgument Argument(string name) =>
        _data.NamedArguments.Single(argument => argument.MemberName == name);
}
