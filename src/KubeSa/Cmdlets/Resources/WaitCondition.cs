using System.Management.Automation;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>What an object is waited for.</summary>
internal abstract class WaitCondition
{
    private const string ConditionPrefix = "condition=";
    private const string PathPrefix = "jsonpath=";

    /// <summary>Whether the object must be gone.</summary>
    internal virtual bool IsDeletion => false;

    /// <summary>Whether the object need not be there yet.</summary>
    internal virtual bool AwaitsCreation => false;

    /// <summary>Reads -For; InvalidRequest where it is nothing that can be waited for.</summary>
    internal static WaitCondition Parse(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        ScriptBlock block => new ScriptWaitCondition(block),
        string text when text.Equals("delete", StringComparison.OrdinalIgnoreCase) => new DeletionWaitCondition(),
        string text when text.Equals("create", StringComparison.OrdinalIgnoreCase) => new CreationWaitCondition(),
        string text when text.StartsWith(ConditionPrefix, StringComparison.OrdinalIgnoreCase) && text[ConditionPrefix.Length..].Split('=', 2) is [{ Length: > 0 } type, .. var status] =>
            new StatusWaitCondition(type, status is [var wanted] ? wanted : "True"),
        string text when text.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase) => PathWaitCondition.Parse(text[PathPrefix.Length..]),
        var other => throw new KubeApiException(
            FailureKind.InvalidRequest,
            $"'{other}' cannot be waited for. Write -For condition=Ready, condition=Ready=False, 'jsonpath={{.status.phase}}=Running', delete or create, or a script block as {{ $_.status.phase -eq 'Running' }}."),
    };

    /// <summary>Whether an object that is there meets it.</summary>
    internal abstract bool IsMet(JsonElement json, Func<PSObject> made);

    /// <summary>What it is as long as it does not meet it, as the end of a sentence.</summary>
    internal abstract string Lacks(JsonElement json);
}

/// <summary>The object is gone.</summary>
internal sealed class DeletionWaitCondition : WaitCondition
{
    internal override bool IsDeletion => true;

    internal override bool IsMet(JsonElement json, Func<PSObject> made) => false;

    internal override string Lacks(JsonElement json)
    {
        var metadata = JsonPaths.Child(json, "metadata");
        return JsonPaths.Child(metadata, "deletionTimestamp").ValueKind != JsonValueKind.String ? "it is there, and nobody has deleted it"
            : JsonPaths.Child(metadata, "finalizers") is { ValueKind: JsonValueKind.Array } finalizers && finalizers.GetArrayLength() > 0
                ? $"it is being deleted, and stays until its finalizers are done: {string.Join(", ", finalizers.EnumerateArray().Select(one => one.ToString()))}"
                : "it is being deleted, and not gone yet";
    }
}

/// <summary>The object is there.</summary>
internal sealed class CreationWaitCondition : WaitCondition
{
    internal override bool AwaitsCreation => true;

    internal override bool IsMet(JsonElement json, Func<PSObject> made) => true;

    internal override string Lacks(JsonElement json) => "it is not there";
}

/// <summary>One of its status conditions has a value, and is up to date.</summary>
internal sealed class StatusWaitCondition(string type, string wanted) : WaitCondition
{
    internal override bool IsMet(JsonElement json, Func<PSObject> made) =>
        Find(json) is { ValueKind: JsonValueKind.Object } condition
        && string.Equals(JsonPaths.Text(condition, "status"), wanted, StringComparison.OrdinalIgnoreCase)
        && !IsStale(json, condition);

    internal override string Lacks(JsonElement json)
    {
        if (Find(json) is not { ValueKind: JsonValueKind.Object } condition)
        {
            return $"it has no condition {type}";
        }

        var why = (JsonPaths.Text(condition, "reason"), JsonPaths.Text(condition, "message")) switch
        {
            ({ Length: > 0 } reason, { Length: > 0 } message) => $" ({reason}: {message.TrimEnd('.')})",
            ({ Length: > 0 } reason, _) => $" ({reason})",
            _ => string.Empty,
        };
        return IsStale(json, condition)
            ? $"its condition {type} is about an earlier generation: its controller has not seen the last change yet"
            : $"its condition {type} is {JsonPaths.Text(condition, "status")}{why}";
    }

    private JsonElement Find(JsonElement json) =>
        JsonPaths.Child(JsonPaths.Child(json, "status"), "conditions") is { ValueKind: JsonValueKind.Array } all
            ? all.EnumerateArray().FirstOrDefault(one => string.Equals(JsonPaths.Text(one, "type"), type, StringComparison.OrdinalIgnoreCase))
            : default;

    /// <summary>As kubectl has it: what a controller said before it saw the last change does not count.</summary>
    private static bool IsStale(JsonElement json, JsonElement condition) =>
        JsonPaths.Number(JsonPaths.Child(json, "metadata"), "generation") is { } generation
        && (JsonPaths.Number(condition, "observedGeneration") ?? JsonPaths.Number(JsonPaths.Child(json, "status"), "observedGeneration")) < generation;
}

/// <summary>A script block says so.</summary>
internal sealed class ScriptWaitCondition(ScriptBlock block) : WaitCondition
{
    internal override bool IsMet(JsonElement json, Func<PSObject> made)
    {
        try
        {
            return LanguagePrimitives.IsTrue(block.InvokeWithContext(null, [new PSVariable("_", made())]));
        }
        catch (RuntimeException failure) when (!PowerShellExceptions.MustPass(failure))
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"The script block of -For failed: {failure.Message}");
        }
    }

    internal override string Lacks(JsonElement json) => "the script block does not return true for it";
}
