using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using KubeSa.Cmdlets;
using KubeSa.Secrecy;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>
/// Whatever text others put into what cmdlets write, no view shows what a terminal would obey or hide: by the property itself, where
/// a name of Kubernetes cannot hold such, and by how it is shown, where what it holds is needed as it is.
/// </summary>
public sealed class ForeignTextTests
{
    private const string Hostile = "a\u001b[2Jb\u009b1mc\u202ed\r\ne\bf\u200bg";

    // What no view shows: only its owner's word, or needed as it is to go back to the server.
    private static readonly string[] Exempt =
    [
        "ResourceVersion", "Token", "MountPath", "KubeConfig", "CertificateAuthority", "AuthKind", "Provider",
        "Identity.Source",
    ];

    // Made of evidence by the judges, which clean what they write; or of the module's own words.
    private static readonly Type[] Judged =
    [
        typeof(AccessReport), typeof(AccessCheck), typeof(TokenTestResult), typeof(TokenTestCheck), typeof(Sandbox), typeof(AccessEvidence),

        // Reads all from the client it holds.
        typeof(Connection),
    ];

    public static TheoryData<Type> Outputs => [.. OutputTests.Written().Except(Judged)];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Is_shown_without_what_a_terminal_obeys(Type type)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        var texts = type.GetProperties().Where(property => property.CanWrite && IsText(property.PropertyType) && !IsExempt(property)).ToList();
        foreach (var property in texts)
        {
            property.SetValue(made, property.PropertyType == typeof(string) ? Hostile : new[] { Hostile });
        }

        foreach (var property in texts)
        {
            var shown = Shown(made, property);
            Assert.Contains("a\\u001b[2Jb\\u009b1mc\\u202ed e\\u0008f\\u200bg", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(shown, ControlCharacters.IsOne);
        }

        // What is made of them.
        var others = type.GetProperties().Where(property => !property.CanWrite && IsText(property.PropertyType) && property.Name != "Age").ToList();
        Assert.All(others.Where(property => property.GetValue(made) is not null), property => Assert.DoesNotContain(Shown(made, property), ControlCharacters.IsOne));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void What_is_shown_by_default_holds_no_map_for_the_formatter_shows_it_as_it_is(Type type)
    {
        var shown = OutputTests.TypeOf(type.FullName!).Descendants("PropertySet").Elements("ReferencedProperties").Elements("Name").Select(name => type.GetProperty(name.Value)!);
        Assert.DoesNotContain(shown, property => property.PropertyType.Name.Contains("Dictionary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("web-7d9f8c6b5-x2x4z")]
    [InlineData("system:serviceaccount:team-a:web")]
    [InlineData("jörg@example.com")]
    [InlineData("CN=kubernetes 日本")]
    [InlineData("")]
    [InlineData("a-name-of-more-than-sixty-three-characters.such-as-subdomains-may-be.example.com")]
    public void A_name_that_can_be_shown_is_left_as_it_is(string name) => Assert.Equal(name, SafeName.Of(name));

    [Fact]
    public void What_goes_back_to_the_server_is_what_came()
    {
        var subject = RoleSubject.Read("User", null, null, Hostile, null);
        Assert.Equal(Hostile, subject.Name);
        Assert.DoesNotContain(subject.ToString(), ControlCharacters.IsOne);
        var name = Assert.IsType<PSObject>(ShownProperties.Name(new PSObject(subject)), exactMatch: false);
        Assert.Equal(Hostile, name.BaseObject);
        Assert.Equal(Hostile, LanguagePrimitives.ConvertTo<string>(name));
    }

    // As the pipeline sees it: the type file's property, where there is one.
    private static string Shown(object made, PropertyInfo property)
    {
        var reference = OutputTests.TypeOf(made.GetType().FullName!).Descendants("CodeProperty")
            .FirstOrDefault(member => member.Element("Name")!.Value == property.Name)?.Element("GetCodeReference");
        var value = reference is null
            ? property.GetValue(made)
            : typeof(KubeCmdlet).Assembly.GetType(reference.Element("TypeName")!.Value)!.GetMethod(reference.Element("MethodName")!.Value)!.Invoke(null, [new PSObject(made)]);
        return value as string ?? (value is PSObject shown ? shown.ToString() : string.Concat(((IEnumerable)value!).Cast<object>()));
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]);

    private static bool IsExempt(PropertyInfo property) => Exempt.Contains(property.Name) || Exempt.Contains($"{property.DeclaringType!.Name}.{property.Name}");
}
