using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Selectors;

/// <summary>Which objects a list, a watch or a deletion of many is about.</summary>
internal sealed class Selection
{
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;

    private Selection(LabelSelector labels, FieldSelector fields)
    {
        _labels = labels;
        _fields = fields;
    }

    /// <summary>Whether everything is selected.</summary>
    public bool IsEmpty => _labels.IsEmpty && _fields.IsEmpty;

    public static Selection Of(ApiRequest request, ResourceType type) => new(
        LabelSelector.Parse(request.Info.Parameter("labelSelector"), request.State.ServerVersion),
        FieldSelector.Parse(request.Info.Parameter("fieldSelector"), type));

    public bool Matches(StoredObject obj) => _labels.Matches(obj.Labels) && _fields.Matches(obj);
}
