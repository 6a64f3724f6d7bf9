using k8s.Models;

namespace KubeSa.Client.Resources.Mapping;

/// <summary>Events (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/) in our words.</summary>
internal static class ServiceAccountEvents
{
    internal static ServiceAccountEvent ToModel(Corev1Event item)
    {
        // Components of today fill eventTime and series, those of old the two timestamps and the count.
        var last = item.Series?.LastObservedTime ?? item.LastTimestamp ?? item.EventTime ?? item.FirstTimestamp ?? item.Metadata?.CreationTimestamp;
        return new ServiceAccountEvent
        {
            Type = string.IsNullOrEmpty(item.Type) ? "Normal" : item.Type,
            Reason = item.Reason,
            Message = item.Message?.TrimEnd(),
            Source = string.IsNullOrEmpty(item.Source?.Component) ? item.ReportingComponent : item.Source.Component,
            Count = item.Series?.Count ?? item.Count ?? 1,
            FirstSeen = (item.FirstTimestamp ?? item.EventTime ?? last).ToLocal(),
            LastSeen = last.ToLocal(),
        };
    }
}
