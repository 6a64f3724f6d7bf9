using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Lets a parameter take names as <c>kubectl get -o name</c> prints them: <c>secret/web-token</c> is <c>web-token</c>. A name of
/// another kind stays as it is, and is refused as no name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithoutKindAttribute(params string[] kinds) : ArgumentTransformationAttribute
{
    /// <summary>The kinds, in the singular, of which one may stand before the name.</summary>
    internal IReadOnlyList<string> Kinds => kinds;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            string text => Name(text),
            string[] texts => Array.ConvertAll(texts, Name),
            object?[] items => Array.ConvertAll(items, item => (item is PSObject inner ? inner.BaseObject : item) is string text ? Name(text) : item),
            _ => inputData,
        };

    private string Name(string text) => kinds.Select(kind => KubectlName.Without(kind, text)).FirstOrDefault(name => name != text) ?? text;
}
