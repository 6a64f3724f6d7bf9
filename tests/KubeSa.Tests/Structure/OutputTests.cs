using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using KubeSa.Cmdlets;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>What cmdlets write, and all it holds: seen in views, filtered, mixed, and sent to others as it is.</summary>
public sealed class OutputTests
{
    private static readonly XDocument Types = XDocument.Load(Path.Combine(Repository.Root, "module", "KubeSa.Types.ps1xml"));
    private static readonly XDocument Views = XDocument.Load(Path.Combine(Repository.Root, "module", "KubeSa.Format.ps1xml"));

    // Of files and of this machine, or what says itself where it leads.
    private static readonly Type[] Clusterless = [typeof(Context), typeof(Connection), typeof(PodIdentity)];

    public static TheoryData<Type> Outputs => [.. Written()];

    public static TheoryData<string, string> Columns => Pairs(
        from view in Views.Descendants("View")
        from label in view.Descendants("TableColumnHeader").Elements("Label")
        where !string.IsNullOrWhiteSpace(label.Value)
        select (view.Element("ViewSelectedBy")!.Element("TypeName")!.Value.Split('#')[0], label.Value));

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_is_a_property_of_its_name(string type, string column)
    {
        // The server's objects are of no class: their kind is a field, and what is ours a code property.
        var isField = type == ResourceObject.TypeName && column == "Kind";
        var found = isField || typeof(KubeCmdlet).Assembly.GetType(type)?.GetProperty(column) is not null || Members(type, "CodeProperty").Contains(column);
        Assert.True(found, $"{type} has no property {column}.");
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void An_output_says_what_it_is_and_stays_readable_among_others(Type type)
    {
        Assert.NotEqual(typeof(object), type.GetMethod("ToString", Type.EmptyTypes)!.DeclaringType);
        var shown = TypeOf(type.FullName!).Descendants("PropertySet").Elements("ReferencedProperties").Elements("Name").Select(name => name.Value).ToList();
        Assert.InRange(shown.Count, 2, 8);
        Assert.All(shown, name => Assert.NotNull(type.GetProperty(name)));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_property_that_would_be_exported_as_the_name_of_its_type_is_shown_as_text(Type type)
    {
        var needed = type.GetProperties().Where(property => Unfit(property.PropertyType)).Select(property => property.Name);
        Assert.Empty(needed.Except(Members(type.FullName!, "CodeProperty")));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_property_is_one_value_in_json_or_holds_what_is(Type type) => Assert.All(type.GetProperties(), property =>
    {
        var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType.GetElementType() ?? property.PropertyType;
        Assert.NotEqual(typeof(TimeSpan), inner);
        Assert.False(typeof(X509Certificate2).IsAssignableFrom(inner), property.Name);

        // ConvertTo-Json writes the names of these, and the numbers of all others.
        Assert.True(!inner.IsEnum || Enum.GetUnderlyingType(inner) == typeof(long), $"{property.Name}: {inner}");
    });

    [Fact]
    public void What_the_type_file_names_is_there()
    {
        var references = Types.Descendants("GetCodeReference").Select(reference => (Type: reference.Element("TypeName")!.Value, Method: reference.Element("MethodName")!.Value)).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(typeof(KubeCmdlet).Assembly.GetType(reference.Type)!.GetMethod(reference.Method, [typeof(PSObject)])));
    }

    // IDictionary and not text: a text is a list of characters, too.
    private static bool Unfit(Type type) =>
        type != typeof(string) && (typeof(IEnumerable).IsAssignableFrom(type) || (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTime));

    /// <summary>What can name an object to the next cmdlet says which cluster it means; the rest has no cluster.</summary>
    [Theory]
    [MemberData(nameof(Outputs))]
    public void An_output_that_names_an_object_knows_its_cluster(Type type) =>
        Assert.True(
            typeof(KubeObject).IsAssignableFrom(type) || type.GetProperty("Namespace") is null || Clusterless.Contains(type),
            $"{type} goes down the pipeline and does not say which cluster it came from.");

    internal static HashSet<Type> Written()
    {
        var found = new HashSet<Type>();
        var left = new Queue<Type>(typeof(KubeCmdlet).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type)).Select(output => output.Type));
        while (left.TryDequeue(out var type))
        {
            var inner = type.GetElementType() ?? type;
            if (inner is { IsClass: true, Namespace: "KubeSa" } && found.Add(inner))
            {
                foreach (var property in inner.GetProperties())
                {
                    left.Enqueue(property.PropertyType);
                }
            }
        }

        return found;
    }

    internal static XElement TypeOf(string name) =>
        Types.Root!.Elements("Type").SingleOrDefault(type => type.Element("Name")!.Value == name) ?? throw new InvalidOperationException($"The type file lacks {name}.");

    private static IEnumerable<string> Members(string type, string kind) =>
        TypeOf(type).Element("Members")!.Elements(kind).Select(member => member.Element("Name")!.Value);

    private static TheoryData<string, string> Pairs(IEnumerable<(string, string)> pairs)
    {
        var data = new TheoryData<string, string>();
        foreach (var (first, second) in pairs)
        {
            data.Add(first, second);
        }

        return data;
    }
}
