using KubeSa.Sandbox.Resources;

namespace KubeSa.Sandbox.Discovery.OpenApi;

/// <summary>A PATCH, the one operation whose description kubectl reads: from its parameters it learns what the server checks itself.</summary>
internal sealed record PatchOperation(string Path, ResourceType Type)
{
    public string Group => Type.Group;
    public string Version => Type.Version;
    public string Kind => Type.Kind;

    /// <summary>Since 1.25 the server looks for unknown fields, and kubectl leaves it to that.</summary>
    public static IReadOnlyList<string> ParametersOf(ServerVersion serverVersion) =>
        serverVersion.IsLegacy ? ["dryRun", "fieldManager", "force"] : ["dryRun", "fieldManager", "fieldValidation", "force"];

    public static IEnumerable<PatchOperation> Of(IEnumerable<ResourceType> types) =>
        types.Where(t => t.Verbs.Contains("patch")).Select(t => new PatchOperation(PathOf(t), t));

    private static string PathOf(ResourceType type)
    {
        var root = type.Group.Length == 0 ? $"/api/{type.Version}" : $"/apis/{type.Group}/{type.Version}";
        return type.Namespaced ? $"{root}/namespaces/{{namespace}}/{type.Name}/{{name}}" : $"{root}/{type.Name}/{{name}}";
    }
}
