using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace KubeSa.Help;

/// <summary>The documentation comments of an assembly, as the compiler writes them, in the words of a terminal.</summary>
internal sealed partial class XmlComments
{
    private readonly string _file;
    private readonly Assembly _assembly;
    private readonly Dictionary<string, XElement> _members;

    private XmlComments(string file, Assembly assembly)
    {
        _file = file;
        _assembly = assembly;
        _members = XDocument.Load(file, LoadOptions.SetLineInfo).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);
    }

    internal static XmlComments Load(string file, Assembly assembly) => new(file, assembly);

    /// <summary>The paragraphs of a member's summary and remarks; empty where it has no comment.</summary>
    internal IReadOnlyList<string> Of(MemberInfo member)
    {
        if (!_members.TryGetValue(IdOf(member), out var comment))
        {
            return [];
        }

        if (comment.Element("inheritdoc") is { } inherited)
        {
            return InheritedFrom(member, (string?)inherited.Attribute("cref")) is { } source ? Of(source) : [];
        }

        return [.. comment.Elements().Where(part => part.Name.LocalName is "summary" or "remarks").SelectMany(Paragraphs)
            .Where(paragraph => paragraph.Length > 0)];
    }

    private static string IdOf(MemberInfo member) => member switch
    {
        Type type => "T:" + type.FullName!.Replace('+', '.'),
        _ => $"P:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}",
    };

    private MemberInfo? InheritedFrom(MemberInfo member, string? cref) => cref is not null
        ? Find(cref)
        : member switch
        {
            Type type => type.BaseType,
            _ => member.DeclaringType!.BaseType?.GetProperty(member.Name)
                ?? member.DeclaringType.GetInterfaces().Select(each => each.GetProperty(member.Name)).FirstOrDefault(each => each is not null),
        };

    private IEnumerable<string> Paragraphs(XElement comment)
    {
        var loose = new List<XNode>();
        foreach (var node in comment.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" } paragraph)
            {
                yield return Text(loose);
                yield return Text(paragraph.Nodes());
                loose.Clear();
            }
            else
            {
                loose.Add(node);
            }
        }

        yield return Text(loose);
    }

    private string Text(IEnumerable<XNode> nodes) => Spaces().Replace(string.Concat(nodes.Select(Words)), " ").Trim();

    private string? Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => code.Value,
        XElement { Name.LocalName: "see" } see => Reference(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => (string?)name.Attribute("name"),
        _ => throw new HelpSourceException(
            _file, ((IXmlLineInfo)node).LineNumber, $"Help cannot show {node} of a documentation comment."),
    };

    private string Reference(XElement see) =>
        (string?)see.Attribute("langword") switch { "null" => "$null", "true" => "$true", "false" => "$false", var word => word }
        ?? ((string?)see.Attribute("href") is { } address
            ? see.Value.Length > 0 ? $"{see.Value} ({address})" : address
            : NameOf((string)see.Attribute("cref")!));

    // As a user knows it: a cmdlet by its name, a parameter with its dash, a type with its namespace.
    private string NameOf(string cref) => Find(cref) switch
    {
        Type type => CmdletName.Of(type) ?? type.FullName!,
        PropertyInfo property when Metadata.Of(property, "ParameterAttribute") is not null => "-" + property.Name,
        { } member => member.Name,
        null => cref[(cref.LastIndexOf('.') + 1)..],
    };

    private MemberInfo? Find(string cref)
    {
        var name = cref[2..];
        return cref[0] == 'T'
            ? _assembly.GetType(name)
            : _assembly.GetType(name[..name.LastIndexOf('.')])?.GetMember(name[(name.LastIndexOf('.') + 1)..]).FirstOrDefault();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
