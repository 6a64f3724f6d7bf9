using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Reach;

/// <summary>What changes or sees the requests of others: admission, API services, drivers of volumes; and the map of cloud identities.</summary>
internal static class AdmissionEdges
{
    private const int PoliciesSince = 36;

    internal static void Add(EdgeContext context, Holder holder)
    {
        Webhooks(context, holder, Questions.WriteMutatingWebhooks, "MutatingWebhookConfiguration", SnapshotParts.MutatingWebhooks, context.V(VertexKind.NewPod), "MutatingWebhook", EdgeContext.Likely,
            "A mutating webhook changes every pod that anybody creates; the API server must reach it.");
        Webhooks(context, holder, Questions.WriteValidatingWebhooks, "ValidatingWebhookConfiguration", SnapshotParts.ValidatingWebhooks, context.V(VertexKind.Secrets), "ValidatingWebhook", EdgeContext.Possible,
            "A validating webhook sees the Secrets that are written while it is there; the API server must reach it.");
        Policies(context, holder);
        foreach (var right in holder.May(Questions.WriteApiServices).Where(right => right.Names is null || context.Snapshot.ApiServices.Any(service => right.Covers(service.Name))))
        {
            context.Step(holder, context.V(VertexKind.ClusterAdmin), "ApiService", EdgeContext.Possible, "Whoever answers for an API group is believed by the controllers that ask it, and sees what others send.", right);
        }

        foreach (var right in holder.May(Questions.WriteCsiDrivers))
        {
            foreach (var driver in context.Snapshot.CsiDrivers.Where(driver => right.Covers(driver.Name)).Take(1))
            {
                context.Step(holder, context.V(VertexKind.RunningPods), "CsiDriverTokens", EdgeContext.Possible, $"CSIDriver {driver.Name} can be made to get tokens of the pods that use it; one must be able to read what it gets.", right);
            }
        }

        AwsAuth(context, holder);
    }

    private static void Webhooks(EdgeContext context, Holder holder, Question[] questions, string kind, string part, Vertex to, string name, EscalationCertainty certainty, string condition)
    {
        foreach (var right in holder.May(questions))
        {
            var exists = right.Names is null || context.Snapshot.Admission.Any(item => item.Kind == kind && right.Covers(item.Name));
            if (exists || !context.Snapshot.WasRead(part))
            {
                context.Step(holder, to, name, exists ? certainty : EdgeContext.Possible, exists ? condition : $"{condition} Whether the one that the rule names exists could not be read.", right);
            }
        }
    }

    private static void Policies(EdgeContext context, Holder holder)
    {
        // Alpha and beta before, and off unless somebody turned them on.
        var certainty = context.Facts.Minor is >= PoliciesSince ? context.Facts.PodCertainty : EdgeContext.Possible;
        if (context.Facts.Minor is < 32)
        {
            return;
        }

        foreach (var policy in holder.May(Questions.CreateMutatingPolicies))
        {
            foreach (var binding in holder.May(Questions.CreateMutatingPolicyBindings))
            {
                context.Step(holder, context.V(VertexKind.NewPod), "MutatingPolicy", certainty, "A MutatingAdmissionPolicy changes every pod that anybody creates, and needs no server of its own.", policy, binding);
            }
        }
    }

    private static void AwsAuth(EdgeContext context, Holder holder)
    {
        var map = DecidingConfigMaps.AwsAuth;
        foreach (var right in holder.May(Questions.ChangeConfigMaps).Where(right => (right.Scope is null || right.Scope == map.Namespace) && right.Covers(map.Name)))
        {
            var exists = context.Snapshot.ConfigMaps.Contains(map);
            if (exists)
            {
                context.Step(holder, context.V(VertexKind.Masters), "AwsAuth", EdgeContext.Likely, "ConfigMap kube-system/aws-auth maps identities of AWS to groups of the cluster, unless the cluster takes access entries alone.", right);
            }
            else if (!context.Snapshot.WasRead(SnapshotParts.ConfigMaps, map.Namespace))
            {
                context.Step(holder, context.V(VertexKind.Masters), "AwsAuth", EdgeContext.Possible, "Whether there is a ConfigMap kube-system/aws-auth, which maps identities of AWS to groups, could not be read.", right);
            }
        }
    }
}
