using KubeSa.Analysis.Snapshot;

namespace KubeSa.Analysis.Audit.Checks;

/// <summary>Accounts that may change what the cluster itself rests on: nodes, certificates, admission, APIs.</summary>
internal static class ClusterChecks
{
    private const string Certificates = "certificates.k8s.io";
    private const string Admission = "admissionregistration.k8s.io";
    private const string GoodPractices = "Kubernetes RBAC good practices: privilege escalation risks";

    internal static IEnumerable<AuditCheck> All =>
    [
        Power(new AuditRule
        {
            Id = "SA-NODES-PROXY",
            Title = "An account may use the kubelets' API",
            LooksFor = "get or create of nodes/proxy.",
            Why = "The kubelet runs commands in every pod of its node, past audit and admission.",
            Severity = AuditSeverity.Critical,
            Remedy = "Give the fine-grained resources instead: nodes/metrics, nodes/stats, nodes/healthz, nodes/pods, nodes/configz (from 1.36 on all of them).",
            Reference = "CIS Kubernetes Benchmark 5.1.10; " + GoodPractices,
        }, "may use the API of the kubelets of all nodes", RightPattern.Of("get create", string.Empty, "nodes", "proxy")),

        Power(new AuditRule
        {
            Id = "SA-NODES-WRITE",
            Title = "An account may change nodes",
            LooksFor = "update, patch or delete of nodes or nodes/status.",
            Why = "By labels, taints and states it decides where pods run, and brings strong ones to a node that it owns.",
            Severity = AuditSeverity.Medium,
            Remedy = "Take the right away, unless it is an autoscaler, a network plugin or a cloud controller.",
            Reference = "MITRE ATT&CK for containers; rbac-police steal_pods",
        }, "may change nodes", [.. RightPattern.Of("update patch delete", string.Empty, "nodes"), .. RightPattern.Of("update patch", string.Empty, "nodes", "status")]),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-CSR",
            Title = "An account may have certificates issued for any user",
            LooksFor = "create of certificatesigningrequests, update or patch of their approval, and approve on a signer of client certificates: the three together.",
            Why = "The certificate is any user but a member of system:masters, until it expires; it cannot be revoked.",
            Severity = AuditSeverity.Critical,
            Remedy = "Take approve away, or name the signers that are its own.",
            Reference = "CIS Kubernetes Benchmark 5.1.11; " + GoodPractices,
        }, (principal, _) =>
        {
            var held = principal.Rest.ToList();
            var create = held.AllowedBy(RightPattern.Of("create", Certificates, "certificatesigningrequests")).ClusterWide();
            var approval = held.AllowedBy(RightPattern.Of("update patch", Certificates, "certificatesigningrequests", "approval")).ClusterWide();
            var approve = held.AllowedBy(RightPattern.Of("approve", Certificates, "signers")).ClusterWide().FindAll(IsForClients);
            return create.Count > 0 && approval.Count > 0 && approve.Count > 0
                ? [new AuditHit(AuditSeverity.Critical, $"{principal.Words} may ask for a client certificate of any user and approve it itself.") { Rights = [.. create.Union(approval).Union(approve)] }]
                : [];
        }),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-CSR-SIGN",
            Title = "An account may put certificates into requests",
            LooksFor = "sign on signers together with update or patch of certificatesigningrequests/status.",
            Why = "With the key of the CA, or for clients that trust what they are sent, it decides which certificate others get.",
            Severity = AuditSeverity.High,
            Remedy = "Name the signers that are its own.",
            Reference = GoodPractices,
        }, (principal, _) => principal.Together(RightPattern.Of("sign", Certificates, "signers"), RightPattern.Of("update patch", Certificates, "certificatesigningrequests", "status"))
            .Where(pair => pair.Scope is null)
            .Select(pair => new AuditHit(AuditSeverity.High, $"{principal.Words} may sign certificates.") { Rights = pair.Rules })),

        Named(new AuditRule
        {
            Id = "SA-WEBHOOKS",
            Title = "An account may change admission webhooks",
            LooksFor = "create, update or patch of mutating or validating webhook configurations. With resourceNames it is Low: controllers keep the certificate of their own.",
            Why = "A mutating webhook changes every pod that is admitted and reads every Secret that is written; a validating one reads and forbids.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name the configurations (resourceNames).",
            Reference = "CIS Kubernetes Benchmark 5.1.12",
        }, "may change admission webhooks",
            RightPattern.Of("create update patch", Admission, "mutatingwebhookconfigurations"), RightPattern.Of("create update patch", Admission, "validatingwebhookconfigurations")),

        Named(new AuditRule
        {
            Id = "SA-ADMISSIONPOLICY",
            Title = "An account may change admission policies",
            LooksFor = "create, update or patch of mutating or validating admission policies or their bindings.",
            Why = "A mutating policy changes every pod that is admitted, and needs no server for it; without a validating one what it forbade is allowed.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name the policies (resourceNames).",
            Reference = "KEP-3962 mutating admission policies; KEP-3488 validating admission policies",
        }, "may change admission policies",
            [.. RightPattern.Of("create update patch", Admission, "mutatingadmissionpolicies"), .. RightPattern.Of("create update patch", Admission, "mutatingadmissionpolicybindings")],
            [.. RightPattern.Of("create update patch", Admission, "validatingadmissionpolicies"), .. RightPattern.Of("create update patch", Admission, "validatingadmissionpolicybindings")]),

        Power(new AuditRule
        {
            Id = "SA-APISERVICE",
            Title = "An account may answer for API groups",
            LooksFor = "create, update or patch of apiservices.",
            Why = "The server that it names answers for a whole API group, and sees who calls and what is sent.",
            Severity = AuditSeverity.High,
            Remedy = "Name the API services (resourceNames).",
            Reference = "Kubernetes documentation: aggregation layer",
        }, "may name the servers that answer for API groups", RightPattern.Of("create update patch", "apiregistration.k8s.io", "apiservices")),

        Power(new AuditRule
        {
            Id = "SA-PV",
            Title = "An account may create PersistentVolumes",
            LooksFor = "create of persistentvolumes.",
            Why = "A PersistentVolume of a folder of the node gives its files to pods that Pod Security holds to restricted.",
            Severity = AuditSeverity.High,
            Remedy = "Take the right away; StorageClasses make volumes. CSI provisioners need it.",
            Reference = "CIS Kubernetes Benchmark 5.1.9; " + GoodPractices,
        }, "may create PersistentVolumes, also of a node's folders", RightPattern.Of("create", string.Empty, "persistentvolumes")),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-NSLABEL",
            Title = "An account may change the labels of namespaces",
            LooksFor = "update or patch of namespaces. A RoleBinding gives it for the one namespace that it lies in.",
            Why = "The label of Pod Security is one of them: without it privileged pods are admitted.",
            Severity = AuditSeverity.Medium,
            Remedy = "Take the right away, or guard the label with an admission policy.",
            Reference = GoodPractices,
        }, (principal, _) =>
        {
            var rights = principal.Rest.AllowedBy(RightPattern.Of("update patch", string.Empty, "namespaces"));
            var runs = principal.Rest.Concat(principal.Shared).AllowedBy(PodChecks.Create)
                .Exists(right => rights.Exists(label => label.Scope is null || right.Scope is null || label.Scope == right.Scope));
            return rights.Count == 0 ? [] :
            [
                new AuditHit(
                    runs ? AuditSeverity.High : AuditSeverity.Medium,
                    $"{principal.Words} may change labels of namespaces{(runs ? ", and with them what Pod Security forbids to the pods that it may run" : string.Empty)}.") { Rights = rights },
            ];
        }),

        Power(new AuditRule
        {
            Id = "SA-CRD/CSIDRIVER",
            Title = "An account may change what kinds and drivers there are",
            LooksFor = "create, update or patch of customresourcedefinitions, csidrivers or storageclasses.",
            Why = "The tokenRequests of a CSIDriver give it the tokens of all pods that use it; a changed CustomResourceDefinition breaks or converts the objects of others.",
            Severity = AuditSeverity.Medium,
            Remedy = "Take the right away after the installation.",
            Reference = "Kubernetes documentation: CSIDriver tokenRequests",
        }, "may change CustomResourceDefinitions, CSIDrivers or StorageClasses",
            [
                .. RightPattern.Of("create update patch", "apiextensions.k8s.io", "customresourcedefinitions"),
                .. RightPattern.Of("create update patch", "storage.k8s.io", "csidrivers"),
                .. RightPattern.Of("create update patch", "storage.k8s.io", "storageclasses"),
            ]),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-COREDNS",
            Title = "An account may change what names resolve to",
            LooksFor = "update or patch of the ConfigMap kube-system/coredns, where it exists.",
            Why = "It sends the requests of every pod to where it likes.",
            Severity = AuditSeverity.Medium,
            Remedy = "Name other ConfigMaps (resourceNames), or move the account's own to another namespace.",
            Reference = "Kubescape C-0037",
        }, (principal, view) => OfConfigMap(principal, view, DecidingConfigMaps.CoreDns, AuditSeverity.Medium, "what names resolve to in every pod")),

        AuditCheck.OfRights(new AuditRule
        {
            Id = "SA-EKS-AUTH",
            Title = "An account may map cloud identities to cluster users",
            LooksFor = "update or patch of the ConfigMap kube-system/aws-auth, where it exists: on EKS.",
            Why = "It maps an identity of its own to system:masters. Clusters that use access entries alone do not read the ConfigMap.",
            Severity = AuditSeverity.Critical,
            Remedy = "Name other ConfigMaps (resourceNames).",
            Reference = "Trivy KSV-0115",
        }, (principal, view) => OfConfigMap(principal, view, DecidingConfigMaps.AwsAuth, AuditSeverity.Critical, "who is system:masters")),
    ];

    private static AuditCheck Power(AuditRule rule, string may, RightPattern[] any) => AuditCheck.OfRights(rule, (principal, _) =>
    {
        var rights = principal.Rest.AllowedBy(any);
        return rights.Count == 0 ? [] : [new AuditHit(rule.Severity, $"{principal.Words} {may}{HeldRights.Names(rights)}.") { Rights = rights }];
    });

    /// <summary>Powers that are small when the objects are named: most controllers hold them for objects of their own.</summary>
    private static AuditCheck Named(AuditRule rule, string may, RightPattern[] mutating, RightPattern[] validating) => AuditCheck.OfRights(rule, (principal, _) =>
    {
        var rights = principal.Rest.AllowedBy([.. mutating, .. validating]);
        if (rights.Count == 0)
        {
            return [];
        }

        var severity = rights.TrueForAll(right => right.Rule.ResourceNames.Count > 0) ? AuditSeverity.Low
            : rights.AllowedBy(mutating).Exists(right => right.Rule.ResourceNames.Count == 0) ? AuditSeverity.Critical
            : AuditSeverity.High;
        return [new AuditHit(severity, $"{principal.Words} {may}{HeldRights.Names(rights)}.") { Rights = rights }];
    });

    private static IEnumerable<AuditHit> OfConfigMap(Principal principal, AuditView view, SnapshotName map, AuditSeverity severity, string decides)
    {
        var rights = view.Snapshot.ConfigMaps.Contains(map)
            ? principal.Rest.AllowedBy(RightPattern.Of("update patch", string.Empty, "configmaps")).FindAll(right => right.Scope is null || right.Scope == map.Namespace)
                .FindAll(right => right.Rule.ResourceNames.Count == 0 || right.Rule.ResourceNames.Contains(map.Name))
            : [];
        return rights.Count == 0 ? [] :
        [
            new AuditHit(severity, $"{principal.Words} may change ConfigMap {map.Namespace}/{map.Name}, which decides {decides}.")
            {
                Rights = rights,
                Evidence = [new AuditEvidence { Kind = "ConfigMap", Namespace = map.Namespace, Name = map.Name }],
            },
        ];
    }

    // With names of other signers (cert-manager's own) no certificate comes out that the API server accepts.
    private static bool IsForClients(Rbac.HeldRule right) => right.Rule.ResourceNames.Count == 0 || right.Rule.ResourceNames.Any(name =>
        name is "kubernetes.io/kube-apiserver-client" or "kubernetes.io/kube-apiserver-client-kubelet" or "kubernetes.io/*" or "kubernetes.io/legacy-unknown");
}
