using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Patches;

/// <summary>A patch that is a piece of the object, RFC 7386: null removes, lists are replaced whole.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject inner:
                    Apply(target.Child(name), inner);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }
}
