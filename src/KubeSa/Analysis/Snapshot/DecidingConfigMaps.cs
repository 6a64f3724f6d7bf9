namespace KubeSa.Analysis.Snapshot;

/// <summary>The ConfigMaps whose writers decide who somebody is, or where requests go. Only whether they exist is looked at.</summary>
internal static class DecidingConfigMaps
{
    /// <summary>Maps cloud identities to users and groups of an EKS cluster.</summary>
    internal static readonly SnapshotName AwsAuth = new("kube-system", "aws-auth");

    /// <summary>Decides what names resolve to.</summary>
    internal static readonly SnapshotName CoreDns = new("kube-system", "coredns");

    /// <summary>Whom aggregated API servers believe.</summary>
    internal static readonly SnapshotName FrontProxy = new("kube-system", "extension-apiserver-authentication");

    internal static readonly SnapshotName[] All = [AwsAuth, CoreDns, FrontProxy];
}
