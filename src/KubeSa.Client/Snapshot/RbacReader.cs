using System.Text.Json;
using KubeSa.Api;
using KubeSa.Client.Json;
using KubeSa.Client.Resources.Mapping;

namespace KubeSa.Client.Snapshot;

/// <summary>Roles and bindings of a snapshot, from what the server sends.</summary>
internal sealed class RbacReader(TextPool texts, ObjectReader objects)
{
    internal RoleDefinition Role(JsonElement item)
    {
        var metadata = ObjectReader.Metadata(item);
        return new RoleDefinition(
            texts.Text(metadata, "namespace") is { Length: > 0 } home ? home : null,
            objects.Name(item),
            [.. TextPool.Elements(item, "rules").Select(Rule)])
        {
            AggregatedFrom = [.. TextPool.Elements(SafeJson.Find(item, "aggregationRule"), "clusterRoleSelectors").Select(Selector)],
            Labels = texts.Map(metadata, "labels", _ => true),
            CreationTimestamp = ObjectReader.Created(item).ToLocal(),
            Uid = texts.Text(metadata, "uid"),
        };
    }

    internal RoleBinding Binding(JsonElement item)
    {
        var metadata = ObjectReader.Metadata(item);
        var home = texts.Text(metadata, "namespace") is { Length: > 0 } ns ? ns : null;
        var role = SafeJson.Find(item, "roleRef");
        return new RoleBinding
        {
            Namespace = home,
            Name = objects.Name(item),
            RoleKind = texts.Required(role, "kind"),
            Role = texts.Required(role, "name"),
            Subjects =
            [
                .. TextPool.Elements(item, "subjects").Select(subject => RoleSubject.Read(
                    texts.Required(subject, "kind"), texts.Text(subject, "apiGroup"), texts.Text(subject, "namespace"), texts.Required(subject, "name"), home)),
            ],
            Labels = texts.Map(metadata, "labels", _ => true),
            CreationTimestamp = ObjectReader.Created(item).ToLocal(),
            Uid = texts.Text(metadata, "uid"),
        };
    }

    private RoleRule Rule(JsonElement rule) => new()
    {
        Verbs = texts.Texts(rule, "verbs"),
        ApiGroups = texts.Texts(rule, "apiGroups"),
        Resources = texts.Texts(rule, "resources"),
        ResourceNames = texts.Texts(rule, "resourceNames"),
        NonResourceUrls = texts.Texts(rule, "nonResourceURLs"),
    };

    /// <summary>In the form in which Roles shows it.</summary>
    private string Selector(JsonElement selector) => string.Join(",", [
        .. texts.Map(selector, "matchLabels", _ => true).Select(label => $"{label.Key}={label.Value}"),
        .. TextPool.Elements(selector, "matchExpressions").Select(Expression),
    ]);

    private string Expression(JsonElement part)
    {
        var values = texts.Texts(part, "values");
        var start = $"{texts.Text(part, "key")} {texts.Text(part, "operator")?.ToLowerInvariant()}";
        return values.Length > 0 ? $"{start} ({string.Join(",", values)})" : start;
    }
}
