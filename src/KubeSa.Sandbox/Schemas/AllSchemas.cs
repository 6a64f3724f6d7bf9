namespace KubeSa.Sandbox.Schemas;

/// <summary>
/// The structs whose fields the sandbox knows, so that it refuses, warns of and drops fields as the API server does. Written as
/// <c>Name: json[/GoName] type[!], …</c>; the Go name is the JSON name with a capital unless given, ! marks a field that is written
/// even when empty. Types that are not listed here are kept as they come.
/// </summary>
internal static class AllSchemas
{
    private const string Text = """
        ObjectMeta: name string, generateName string, namespace string, selfLink/SelfLink string, uid/UID types.UID, resourceVersion string, generation int64, creationTimestamp v1.Time, deletionTimestamp v1.Time, deletionGracePeriodSeconds int64, labels map[string]string, annotations map[string]string, ownerReferences []OwnerReference, finalizers []string, clusterName string, managedFields []any
        OwnerReference: apiVersion/APIVersion string!, kind string!, name string!, uid/UID types.UID!, controller bool, blockOwnerDeletion bool
        ObjectReference: kind string, namespace string, name string, uid/UID types.UID, apiVersion/APIVersion string, resourceVersion string, fieldPath string
        LocalObjectReference: name string
        ServiceAccount: metadata/ObjectMeta ObjectMeta!, secrets []ObjectReference, imagePullSecrets []LocalObjectReference, automountServiceAccountToken bool
        Secret: metadata/ObjectMeta ObjectMeta!, immutable bool, data map[string][]uint8, stringData map[string]string, type v1.SecretType
        ConfigMap: metadata/ObjectMeta ObjectMeta!, immutable bool, data map[string]string, binaryData map[string][]uint8
        Namespace: metadata/ObjectMeta ObjectMeta!, spec NamespaceSpec!, status NamespaceStatus!
        NamespaceSpec: finalizers []string
        NamespaceStatus: phase string, conditions []any
        PolicyRule: verbs []string!, apiGroups/APIGroups []string, resources []string, resourceNames []string, nonResourceURLs []string
        Subject: kind string!, apiGroup/APIGroup string, name string!, namespace string
        RoleRef: apiGroup/APIGroup string!, kind string!, name string!
        Role: metadata/ObjectMeta ObjectMeta!, rules []PolicyRule!
        ClusterRole: metadata/ObjectMeta ObjectMeta!, rules []PolicyRule!, aggregationRule any
        RoleBinding: metadata/ObjectMeta ObjectMeta!, subjects []Subject, roleRef RoleRef!
        ClusterRoleBinding: metadata/ObjectMeta ObjectMeta!, subjects []Subject, roleRef RoleRef!
        TokenRequest: metadata/ObjectMeta ObjectMeta!, spec TokenRequestSpec!, status TokenRequestStatus!
        TokenRequestSpec: audiences []string!, expirationSeconds int64!, boundObjectRef BoundObjectReference!
        BoundObjectReference: kind string, apiVersion/APIVersion string, name string, uid/UID types.UID
        TokenRequestStatus: token string!, expirationTimestamp v1.Time!
        TokenReview: metadata/ObjectMeta ObjectMeta!, spec TokenReviewSpec!, status any
        TokenReviewSpec: token string, audiences []string
        SelfSubjectReview: metadata/ObjectMeta ObjectMeta!, status any
        SelfSubjectAccessReview: metadata/ObjectMeta ObjectMeta!, spec SelfSubjectAccessReviewSpec!, status any
        SelfSubjectAccessReviewSpec: resourceAttributes ResourceAttributes, nonResourceAttributes NonResourceAttributes
        SubjectAccessReview: metadata/ObjectMeta ObjectMeta!, spec SubjectAccessReviewSpec!, status any
        LocalSubjectAccessReview: metadata/ObjectMeta ObjectMeta!, spec SubjectAccessReviewSpec!, status any
        SubjectAccessReviewSpec: resourceAttributes ResourceAttributes, nonResourceAttributes NonResourceAttributes, user string, groups []string, group []string, extra any, uid/UID string
        ResourceAttributes: namespace string, verb string, group string, version string, resource string, subresource string, name string, fieldSelector any, labelSelector any
        NonResourceAttributes: path string, verb string
        SelfSubjectRulesReview: metadata/ObjectMeta ObjectMeta!, spec SelfSubjectRulesReviewSpec!, status any
        SelfSubjectRulesReviewSpec: namespace string
        Pod: metadata/ObjectMeta ObjectMeta!, spec any, status any
        PodTemplateSpec: metadata/ObjectMeta ObjectMeta!, spec any
        """;

    private static readonly Dictionary<string, Schema> ByName =
        Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToDictionary(s => s.Name);

    /// <summary>The struct of that name, or null when it is not known.</summary>
    public static Schema? Find(string name) => ByName.GetValueOrDefault(name);

    private static Schema Parse(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return new Schema(line[..colon], [.. line[(colon + 1)..].Split(", ").Select(ParseField)]);
    }

    private static Field ParseField(string text)
    {
        var parts = text.Trim().Split(' ');
        var names = parts[0].Split('/');
        var go = names.Length > 1 ? names[1] : char.ToUpperInvariant(names[0][0]) + names[0][1..];
        return new Field(names[0], go, parts[1].TrimEnd('!'), parts[1].EndsWith('!'));
    }
}
