namespace KubeSa.Api;

/// <summary>What to list.</summary>
/// <param name="Namespace">The namespace, or null for all.</param>
/// <param name="LabelSelector">As in kubectl's -l; null for all.</param>
/// <param name="FieldSelector">As in kubectl's --field-selector; null for all.</param>
public sealed record ListQuery(string? Namespace, string? LabelSelector = null, string? FieldSelector = null);
