using k8s.Models;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Namespaces in our words.</summary>
internal static class Namespaces
{
    internal static Namespace ToModel(V1Namespace item)
    {
        var metadata = item.Identified();
        return new Namespace
        {
            Name = metadata.Name,
            Status = item.Status?.Phase,
            Labels = metadata.Labels.ToModel(),
            Annotations = metadata.Annotations.ToModel(),
            CreationTimestamp = metadata.CreationTimestamp.ToLocal(),
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
        };
    }
}
