namespace KubeSa;

/// <summary>The annotations by which clouds give pods of an account an identity of their own.</summary>
internal static class CloudAnnotations
{
    private static readonly (string Annotation, string Provider)[] Known =
    [
        // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
        ("eks.amazonaws.com/role-arn", "AWS"),

        // https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
        ("azure.workload.identity/client-id", "Azure"),

        // https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
        ("iam.gke.io/gcp-service-account", "GCP"),
    ];

    internal static CloudIdentity[] Read(IReadOnlyDictionary<string, string> annotations) =>
    [
        .. Known.Where(known => annotations.ContainsKey(known.Annotation))
            .Select(known => new CloudIdentity { Provider = known.Provider, Principal = annotations[known.Annotation] }),
    ];
}
