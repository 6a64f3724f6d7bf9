namespace KubeSa.Api;

/// <summary>Which objects of a resource to list.</summary>
/// <param name="Resource">The resource, as discovery knows it.</param>
/// <param name="Namespace">The namespace; null for all, and for objects that live in none.</param>
/// <param name="LabelSelector">As in kubectl's -l; null for all.</param>
/// <param name="FieldSelector">As in kubectl's --field-selector; null for all.</param>
public sealed record ResourceQuery(ApiResource Resource, string? Namespace, string? LabelSelector = null, string? FieldSelector = null);
