using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>
/// PowerShell 7.4 runs on .NET 8: of the framework, what is shipped may use what that has, whichever runtime runs these tests.
/// Read from the assemblies themselves, for a package may bring an API of a later framework past the compiler.
/// </summary>
public sealed class RuntimeApiTests
{
    // Where a restore or the SDK's own installation puts them.
    private static readonly string References = typeof(RuntimeApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(a => a.Key == "ReferencePacks" && Directory.Exists(a.Value)).SelectMany(a => Directory.EnumerateDirectories(a.Value!, "8.0.*"))
        .Select(pack => Path.Combine(pack, "ref", "net8.0")).FirstOrDefault(Directory.Exists) ?? "no folder";

    [Theory]
    [InlineData("KubeSa.Loader.dll")]
    [InlineData("KubeSa.dll")]
    [InlineData("client/KubeSa.Client.dll")]
    public void What_is_used_of_the_framework_is_in_NET_8(string file)
    {
        Assert.SkipUnless(Directory.Exists(References), $"The reference assemblies of .NET 8 are not in '{References}'.");
        var (types, members) = UsedBy(Path.Combine(Repository.ModuleBin, file));
        var there = Offered();
        Assert.True(types.Count > 5, $"{file} uses {types.Count} types: was it read?");
        Assert.DoesNotContain(types, type => !there.ContainsKey(type));
        Assert.Empty(members.Where(member => !Has(there, member.Type, member.Name)).Select(member => $"{member.Type}.{member.Name}"));
    }

    [Fact]
    public void An_API_of_a_later_framework_would_be_found()
    {
        Assert.SkipUnless(Directory.Exists(References), $"The reference assemblies of .NET 8 are not in '{References}'.");
        var there = Offered();
        Assert.True(Has(there, "System.String", "IsNullOrEmpty"));
        Assert.True(Has(there, "System.IO.FileStream", "CopyToAsync"));
        Assert.False(there.ContainsKey("System.Threading.Lock"));
        Assert.False(Has(there, "System.Guid", "CreateVersion7"));
    }

    private static bool Has(Dictionary<string, Offer> there, string type, string member) =>
        there.TryGetValue(type, out var offer)
        && (offer.Members.Contains(member) || offer.Bases.Any(above => Has(there, above, member)));

    private static Dictionary<string, Offer> Offered()
    {
        var there = new Dictionary<string, Offer>();
        foreach (var path in Directory.EnumerateFiles(References, "*.dll"))
        {
            using var image = new PEReader(File.OpenRead(path));
            var reader = image.GetMetadataReader();
            foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
            {
                var members = type.GetMethods().Select(handle => reader.GetMethodDefinition(handle).Name)
                    .Concat(type.GetFields().Select(handle => reader.GetFieldDefinition(handle).Name)).Select(reader.GetString);
                var bases = type.GetInterfaceImplementations().Select(handle => reader.GetInterfaceImplementation(handle).Interface).Append(type.BaseType)
                    .Select(handle => NameOf(reader, handle)).OfType<string>();
                there[NameOf(reader, type)] = new Offer([.. members], [.. bases]);
            }

            foreach (var moved in reader.ExportedTypes.Select(reader.GetExportedType).Where(moved => moved.IsForwarder))
            {
                there.TryAdd($"{reader.GetString(moved.Namespace)}.{reader.GetString(moved.Name)}", new Offer([], []));
            }
        }

        return there;
    }

    private static (HashSet<string> Types, HashSet<(string Type, string Name)> Members) UsedBy(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reader = image.GetMetadataReader();
        var types = reader.TypeReferences.Where(handle => IsOfTheFramework(reader, handle)).Select(handle => NameOf(reader, handle)!).ToHashSet();
        var members = reader.MemberReferences.Select(reader.GetMemberReference)
            .Select(member => (Type: NameOf(reader, member.Parent), Name: reader.GetString(member.Name)))
            .Where(member => member.Type is not null && types.Contains(member.Type))
            .Select(member => (member.Type!, member.Name)).ToHashSet();
        return (types, members);
    }

    private static bool IsOfTheFramework(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => IsOfTheFramework(reader, (TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => IsOfTheFramework(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) + ".dll"),
            _ => false,
        };
    }

    // What the client brings along itself, newer, is no matter of the framework.
    private static bool IsOfTheFramework(string assembly) =>
        File.Exists(Path.Combine(References, assembly)) && !File.Exists(Path.Combine(Repository.ModuleBin, "client", assembly));

    private static string? NameOf(MetadataReader reader, EntityHandle handle) => handle.IsNil ? null : handle.Kind switch
    {
        HandleKind.TypeReference => NameOf(reader, reader.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeDefinition => NameOf(reader, reader.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new NameOfGeneric(), null),
        _ => null,
    };

    private static string NameOf(MetadataReader reader, TypeReference type)
    {
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}/{name}"
            : Full(reader.GetString(type.Namespace), name);
    }

    private static string NameOf(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        var outer = type.GetDeclaringType();
        return outer.IsNil ? Full(reader.GetString(type.Namespace), name) : $"{NameOf(reader, reader.GetTypeDefinition(outer))}/{name}";
    }

    private static string Full(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private sealed record Offer(HashSet<string> Members, List<string> Bases);

    /// <summary>Of List&lt;int&gt;, List`1; of all that has no members of its own, nothing.</summary>
    private sealed class NameOfGeneric : ISignatureTypeProvider<string?, object?>
    {
        public string? GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle);

        public string? GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

        public string? GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => NameOf(reader, handle);

        public string? GetGenericInstantiation(string? genericType, System.Collections.Immutable.ImmutableArray<string?> typeArguments) => genericType;

        public string? GetArrayType(string? elementType, ArrayShape shape) => null;

        public string? GetByReferenceType(string? elementType) => null;

        public string? GetFunctionPointerType(MethodSignature<string?> signature) => null;

        public string? GetGenericMethodParameter(object? genericContext, int index) => null;

        public string? GetGenericTypeParameter(object? genericContext, int index) => null;

        public string? GetModifiedType(string? modifier, string? unmodifiedType, bool isRequired) => unmodifiedType;

        public string? GetPinnedType(string? elementType) => elementType;

        public string? GetPointerType(string? elementType) => null;

        public string? GetPrimitiveType(PrimitiveTypeCode typeCode) => null;

        public string? GetSZArrayType(string? elementType) => null;
    }
}
