using System.Collections;
using System.Globalization;
using System.Reflection;

namespace KubeSa.Help;

/// <summary>
/// Reads cmdlets through reflection. Attributes are read as metadata and not made: those of the library we compile
/// against are without content.
/// </summary>
internal sealed class CmdletReader(XmlComments comments)
{
    internal IReadOnlyList<CmdletDescription> ReadAll(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(CmdletName.IsCmdlet).Select(Read).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    internal CmdletDescription Read(Type type)
    {
        var cmdlet = Metadata.Of(type, "CmdletAttribute")!;
        var parameters = Parameters(type);
        var sets = parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set)
            .Prepend(cmdlet.Named<string>("DefaultParameterSetName")).Where(set => set is not null).Distinct();
        return new CmdletDescription(
            cmdlet.At<string>(0),
            cmdlet.At<string>(1),
            comments.Of(type),
            [.. sets.DefaultIfEmpty(null)],
            cmdlet.Named<bool>("SupportsShouldProcess") ? [.. parameters, .. ShouldProcessParameters.All] : parameters,
            [.. Outputs(type)])
        {
            OnlinePage = cmdlet.Named<string>("HelpUri"),
        };
    }

    private List<ParameterDescription> Parameters(Type type)
    {
        // What it has by itself and not by a type of PowerShell's; its own first, each class in the order of its source.
        var instance = Activator.CreateInstance(type)!;
        return [.. Ancestors(type).SelectMany(declaring => declaring
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .OrderBy(property => property.MetadataToken)
            .Where(property => Metadata.Of(property, "ParameterAttribute") is not null)
            .Select(property => Parameter(property, instance)))];
    }

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var each = type; each is not null; each = each.BaseType)
        {
            yield return each;
        }
    }

    private ParameterDescription Parameter(PropertyInfo property, object instance)
    {
        var uses = Metadata.AllOf(property, "ParameterAttribute").ToList();
        var values = Values(property);
        return new ParameterDescription(property.Name, property.PropertyType, [.. comments.Of(property), .. Limits(property, values)])
        {
            Aliases = Metadata.Of(property, "AliasAttribute")?.List<string>(0) ?? [],
            Values = values,
            Wildcards = Metadata.Of(property, "SupportsWildcardsAttribute") is not null,
            Hidden = uses.Any(use => use.Named<bool>("DontShow")),
            Default = Default(property.GetValue(instance)),
            Uses = [.. uses.Select(use => new ParameterUse(
                use.Named<string>("ParameterSetName"),
                use.Named<bool>("Mandatory"),
                use.Has("Position") ? use.Named<int>("Position") : null,
                use.Named<bool>("ValueFromPipeline"),
                use.Named<bool>("ValueFromPipelineByPropertyName")))],
        };
    }

    private static IReadOnlyList<string> Values(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var element = type.IsArray ? type.GetElementType()! : type;
        return element.IsEnum ? Enum.GetNames(element) : Metadata.Of(property, "ValidateSetAttribute")?.List<string>(0) ?? [];
    }

    // Said once, by the attribute that enforces it.
    private static IEnumerable<string> Limits(PropertyInfo property, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            yield return $"Possible values: {string.Join(", ", values)}.";
        }

        if (Metadata.Of(property, "ValidateRangeAttribute") is { Count: 2 } range)
        {
            yield return $"From {range.At<object>(0)} to {range.At<object>(1)}.";
        }
    }

    private static string? Default(object? value) => value switch
    {
        null => null,
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()) is { Length: > 0 } items ? items : null,
        _ when value.GetType().Name == "SwitchParameter" => "False",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private IEnumerable<OutputDescription> Outputs(Type type) => Metadata.AllOf(type, "OutputTypeAttribute")
        .SelectMany(attribute => attribute.List<Type>(0))
        .Distinct()
        .Select(output => new OutputDescription(output.FullName!, comments.Of(output)));
}
