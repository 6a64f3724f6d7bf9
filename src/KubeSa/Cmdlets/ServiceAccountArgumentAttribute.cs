using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>
/// Takes what is left of a service account where it went through a job, CLIXML, JSON or Select-Object, or an object of the
/// user's own with Name and Namespace, for a reference to that account, uid included.
/// </summary>
internal sealed class ServiceAccountArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } bag && IsAccount(bag) ? ReferenceTo(bag) : inputData;

    // What has a property of that name belongs to an account and is none; it binds by that property.
    private static bool IsAccount(PSObject bag) =>
        bag.Properties["ServiceAccount"] is null && Text(bag, "Name") is not null && Text(bag, "Kind") is null or "ServiceAccount";

    private static ServiceAccountReference ReferenceTo(PSObject bag) => new(Text(bag, "Namespace"), Text(bag, "Name")!, Text(bag, "Uid"));

    private static string? Text(PSObject bag, string property) =>
        bag.Properties[property]?.Value is { } value && LanguagePrimitives.ConvertTo<string>(value) is { Length: > 0 } text ? text : null;
}
