using Xunit;

namespace KubeSa.Tests.Analysis.Reach;

/// <summary>Each edge fires where its conditions hold, and does not where one of them is missing. The pairs stand together.</summary>
public sealed class ReachEdgeTests
{
    private const string Admin = "cluster-admin";

    [Theory]
    // Everything
    [InlineData("x/a@* * *.*", "", Admin, "HoldsEverything", "Certain")]
    [InlineData("x/a@x * *.*", "", "namespace/x", "HoldsEverything", "Certain")]
    [InlineData("x/a@* get *.*", "", Admin, "NodesProxy NodeCredentials HoldsEverything", "Certain")]
    [InlineData("x/a@x * *.*", "psa:x/restricted", "kube-system/strong", "LowerPodSecurity NodeCredentials", "Certain")]
    // Tokens
    [InlineData("x/a@* create serviceaccounts/token", "", Admin, "TokenRequest HoldsEverything", "Certain")]
    [InlineData("x/a@* create serviceaccounts/token [strong]", "", Admin, "TokenRequest HoldsEverything", "Certain")]
    [InlineData("x/a@x create serviceaccounts/token", "", "x/b", "TokenRequest", "Certain")]
    [InlineData("x/a@x create */token", "", "x/b", "TokenRequest", "Certain")]
    // New pods, directly and by controllers of any group
    [InlineData("x/a@x create pods", "", "x/b", "CreatePods", "Certain")]
    [InlineData("x/a@* create pods", "", Admin, "CreatePods HoldsEverything", "Certain")]
    [InlineData("x/a@x create pods", "guard:no-pods", "x/b", "CreatePods", "Likely")]
    [InlineData("x/a@x create pods", "unread:validatingadmissionpolicies.admissionregistration.k8s.io", "x/b", "CreatePods", "Likely")]
    [InlineData("x/a@x create deployments.apps", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x create daemonsets.apps", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x create statefulsets.apps", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x create replicasets.apps", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x create jobs.batch", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x create cronjobs.batch", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x create replicationcontrollers", "", "x/b", "CreateWorkload", "Certain")]
    [InlineData("x/a@x patch deployments.apps", "workload:Deployment/x/web", "x/b", "ChangeWorkload", "Certain")]
    [InlineData("x/a@x update deployments.apps [web]", "workload:Deployment/x/web", "x/b", "ChangeWorkload", "Certain")]
    [InlineData("x/a@* patch daemonsets.apps", "workload:DaemonSet/kube-system/proxy", Admin, "ChangeWorkload HoldsEverything", "Certain")]
    [InlineData("x/a@x patch deployments.apps", "unread:deployments.apps", "x/b", "ChangeWorkload", "Possible")]
    [InlineData("x/a@x create workflows.argoproj.io", "resource:workflows/argoproj.io", "x/b", "CreateCustomWorkload", "Likely")]
    // Code in pods that run
    [InlineData("x/a@x patch pods", "", "x/b", "ChangePods", "Certain")]
    [InlineData("x/a@x update pods [b-0]", "", "x/b", "ChangePods", "Certain")]
    [InlineData("x/a@x patch pods/ephemeralcontainers", "", "x/b", "EphemeralContainer", "Certain")]
    [InlineData("x/a@x create pods/exec", "", "x/b", "PodExec", "Certain")]
    [InlineData("x/a@x create pods/exec [b-0]", "", "x/b", "PodExec", "Certain")]
    [InlineData("x/a@x get pods/exec", "version:v1.34.1", "x/b", "PodExec", "Certain")]
    [InlineData("x/a@x get pods/exec", "version:unknown", "x/b", "PodExec", "Possible")]
    [InlineData("x/a@x create pods/attach", "", "x/b", "PodAttach", "Likely")]
    [InlineData("x/a@x create pods/exec", "privileged:x/agent/n1", "node/n1", "PodExec", "Certain")]
    // Secrets
    [InlineData("x/a@x list secrets", "tokensecret:x/b/b-key", "x/b", "ListSecrets", "Certain")]
    [InlineData("x/a@x watch secrets", "tokensecret:x/b/b-key", "x/b", "ListSecrets", "Certain")]
    [InlineData("x/a@x list secrets [b-key]", "tokensecret:x/b/b-key", "x/b", "GetSecrets", "Certain")]
    [InlineData("x/a@x get secrets [b-key]", "tokensecret:x/b/b-key", "x/b", "GetSecrets", "Certain")]
    [InlineData("x/a@x get secrets", "tokensecret:x/b/b-key", "x/b", "GetSecrets", "Likely")]
    [InlineData("x/a@x get secrets", "tokensecret:x/b/b-token-x7k2p", "x/b", "GetSecrets", "Possible")]
    [InlineData("x/a@x list secrets", "unread:secrets", "x/b", "ListSecrets", "Possible")]
    [InlineData("x/a@* list secrets", "", "secrets", "ListSecrets", "Certain")]
    [InlineData("x/a@x create,get secrets", "", "x/b", "CreateTokenSecret", "Certain")]
    [InlineData("x/a@x create secrets; x/a@x get secrets [mine]", "", "x/b", "CreateTokenSecret", "Certain")]
    [InlineData("x/a@* create secrets; x/a@x list secrets", "", "x/b", "CreateTokenSecret", "Certain")]
    [InlineData("x/a@x create secrets; x/a@x create serviceaccounts/token [b]; x/b@x get secrets", "", "x/default", "CreateSecrets TokenRequest ReadSecrets CreateTokenSecret", "Certain")]
    [InlineData("x/a@kube-system create secrets; group:system:bootstrappers@* create certificatesigningrequests.certificates.k8s.io/nodeclient", "", "node/n1", "BootstrapToken", "Likely")]
    // Roles and bindings
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io; x/a@* create clusterrolebindings.rbac.authorization.k8s.io", "", Admin, "BindRole", "Certain")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io [cluster-admin]; x/a@* create clusterrolebindings.rbac.authorization.k8s.io", "", Admin, "BindRole", "Certain")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io; x/a@* patch clusterrolebindings.rbac.authorization.k8s.io [strong-admin]", "", Admin, "BindRole", "Certain")]
    [InlineData("x/a@x bind clusterroles.rbac.authorization.k8s.io; x/a@x create rolebindings.rbac.authorization.k8s.io", "", "namespace/x", "BindRole", "Certain")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io; x/a@x create rolebindings.rbac.authorization.k8s.io", "", "namespace/x", "BindRole", "Certain")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io; x/a@* create rolebindings.rbac.authorization.k8s.io", "", Admin, "BindRole PodExec HoldsEverything", "Certain")]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io [tokens]; x/a@* create clusterrolebindings.rbac.authorization.k8s.io; user:jane@* get nodes", "", "User jane", "", "")]
    [InlineData("x/a@* update,escalate clusterroles.rbac.authorization.k8s.io", "role:small holds:small", Admin, "EscalateRole", "Certain")]
    [InlineData("x/a@* patch,escalate clusterroles.rbac.authorization.k8s.io [small]", "role:small holdsin:x/small", "namespace/x", "EscalateRole", "Certain")]
    [InlineData("x/a@x patch,escalate roles.rbac.authorization.k8s.io", "", "namespace/x", "EscalateRole", "Certain")]
    [InlineData("x/a@* create,escalate clusterroles.rbac.authorization.k8s.io", "holds:not-there", Admin, "EscalateRole", "Certain")]
    [InlineData("x/a@* patch,escalate clusterroles.rbac.authorization.k8s.io [part]", "sum:sum/part holds:sum", Admin, "EscalateRole", "Certain")]
    // Impersonation
    [InlineData("x/a@* impersonate groups; x/a@* impersonate users", "", Admin, "Impersonate", "Certain")]
    [InlineData("x/a@* impersonate groups [system:masters]; x/a@* impersonate users [jane]", "", "system:masters", "Impersonate", "Certain")]
    [InlineData("x/a@* impersonate groups; x/a@x impersonate serviceaccounts", "", Admin, "Impersonate", "Certain")]
    [InlineData("x/a@kube-system impersonate serviceaccounts", "", Admin, "Impersonate HoldsEverything", "Certain")]
    [InlineData("x/a@* impersonate serviceaccounts [strong]", "", Admin, "Impersonate HoldsEverything", "Certain")]
    [InlineData("x/a@* impersonate users", "admins:user:jane", Admin, "Impersonate HoldsEverything", "Certain")]
    [InlineData("x/a@* impersonate users [jane]", "admins:user:jane", Admin, "Impersonate HoldsEverything", "Certain")]
    [InlineData("x/a@* impersonate groups [ops]; x/a@* impersonate users [jane]", "admins:group:ops", Admin, "Impersonate HoldsEverything", "Certain")]
    [InlineData("x/a@x impersonate serviceaccounts", "missing:x/ghost", Admin, "Impersonate HoldsEverything", "Certain")]
    [InlineData("x/a@* impersonate:serviceaccount serviceaccounts.authentication.k8s.io [strong]; x/a@* impersonate-on:serviceaccount:create serviceaccounts/token", "", "x/b", "ImpersonateConstrained TokenRequest", "Certain")]
    [InlineData("x/a@* impersonate:user-info users.authentication.k8s.io [jane]; x/a@* impersonate-on:user-info:list secrets", "admins:user:jane", "secrets", "ImpersonateConstrained ListSecrets", "Certain")]
    // Nodes
    [InlineData("x/a@* get nodes/proxy", "", Admin, "NodesProxy NodeCredentials HoldsEverything", "Certain")]
    [InlineData("x/a@* create nodes/proxy [n1]", "", Admin, "NodesProxy NodeCredentials HoldsEverything", "Certain")]
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io,certificatesigningrequests.certificates.k8s.io/nodeclient", "", "node/n1", "NodeCertificate", "Likely")]
    [InlineData("x/a@x create pods", "psa:x/privileged", "node/n1", "CreatePods", "Certain")]
    [InlineData("x/a@x create pods", "", "node/n1", "CreatePods", "Likely")]
    [InlineData("x/a@x create pods; x/a@x patch namespaces", "psa:x/restricted", "node/n1", "LowerPodSecurity", "Certain")]
    [InlineData("x/a@x create pods; x/a@* update namespaces [x]", "psa:x/restricted", "node/n1", "LowerPodSecurity", "Certain")]
    [InlineData("x/a@* create persistentvolumes; x/a@x create persistentvolumeclaims; x/a@x create pods", "psa:x/restricted", "node/n1", "HostPathVolume", "Likely")]
    [InlineData("x/a@* get nodes/proxy [n1]", "controlplane:n1 deadsecret:x/b/k", "node/n1", "NodesProxy", "Certain")]
    [InlineData("x/a@* get nodes/proxy [n2]; x/a@* delete pods", "", Admin, "DrivePodsAway NodesProxy MovePods HoldsEverything", "Likely")]
    [InlineData("x/a@* get nodes/proxy [n2]; x/a@kube-system create pods/eviction", "", Admin, "DrivePodsAway NodesProxy MovePods HoldsEverything", "Likely")]
    // Certificates
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io; x/a@* update certificatesigningrequests.certificates.k8s.io/approval; x/a@* approve signers.certificates.k8s.io", "", Admin, "ClientCertificate HoldsEverything", "Certain")]
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io; x/a@* patch certificatesigningrequests.certificates.k8s.io/approval; x/a@* approve signers.certificates.k8s.io [kubernetes.io/kube-apiserver-client]", "admins:group:ops", Admin, "ClientCertificate HoldsEverything", "Certain")]
    // Admission and the like
    [InlineData("x/a@* create mutatingwebhookconfigurations.admissionregistration.k8s.io", "", Admin, "MutatingWebhook HoldsEverything", "Likely")]
    [InlineData("x/a@* patch mutatingwebhookconfigurations.admissionregistration.k8s.io [inject]", "webhook:inject", Admin, "MutatingWebhook HoldsEverything", "Likely")]
    [InlineData("x/a@* create mutatingadmissionpolicies.admissionregistration.k8s.io,mutatingadmissionpolicybindings.admissionregistration.k8s.io", "", Admin, "MutatingPolicy HoldsEverything", "Certain")]
    [InlineData("x/a@* create validatingwebhookconfigurations.admissionregistration.k8s.io", "", "secrets", "ValidatingWebhook", "Possible")]
    [InlineData("x/a@* create apiservices.apiregistration.k8s.io", "", Admin, "ApiService", "Possible")]
    [InlineData("x/a@* update csidrivers.storage.k8s.io", "csidriver:store", "x/b", "CsiDriverTokens", "Possible")]
    [InlineData("x/a@kube-system patch configmaps", "configmap:kube-system/aws-auth", Admin, "AwsAuth", "Likely")]
    [InlineData("x/a@kube-system patch configmaps [aws-auth]", "unread:configmaps", Admin, "AwsAuth", "Possible")]
    // Accounts that bindings wait for
    [InlineData("x/a@x create serviceaccounts,serviceaccounts/token", "missing:x/ghost", Admin, "CreateAccount HoldsEverything", "Certain")]
    [InlineData("x/a@x create serviceaccounts; x/a@x create pods", "missing:x/ghost", Admin, "CreateAccount HoldsEverything", "Certain")]
    [InlineData("x/a@x create serviceaccounts; x/a@x create serviceaccounts/token [ghost]", "missing:x/ghost", Admin, "CreateAccount HoldsEverything", "Certain")]
    [InlineData("x/a@* create serviceaccounts,serviceaccounts/token [new]; x/a@* create serviceaccounts; x/a@y create pods", "missing:y/ghost", Admin, "CreateAccount HoldsEverything", "Certain")]
    [InlineData("x/a@* create namespaces,serviceaccounts,serviceaccounts/token", "missing:gone/ghost", "gone/ghost", "CreateNamespace", "Certain")]
    // Controllers of custom resources
    [InlineData("x/a@x create kustomizations.kustomize.toolkit.fluxcd.io", "resource:kustomizations/kustomize.toolkit.fluxcd.io workload:Deployment/kube-system/kustomize-controller/strong", "kube-system/strong", "", "")]
    // Groups
    [InlineData("group:system:serviceaccounts@* create serviceaccounts/token", "", Admin, "TokenRequest HoldsEverything", "Certain")]
    [InlineData("group:system:serviceaccounts:x@* create serviceaccounts/token", "", Admin, "TokenRequest HoldsEverything", "Certain")]
    [InlineData("group:system:authenticated@* create serviceaccounts/token", "", Admin, "TokenRequest HoldsEverything", "Certain")]
    [InlineData("group:system:serviceaccounts@* bind clusterroles.rbac.authorization.k8s.io; x/a@* create clusterrolebindings.rbac.authorization.k8s.io", "", Admin, "BindRole", "Certain")]
    public void An_edge_fires(string grants, string with, string target, string edges, string certainty)
    {
        if (edges.Length == 0)
        {
            // Held by tests of their own below.
            return;
        }

        var path = Paths(grants, with, target).FirstOrDefault();
        Assert.True(path is not null, "No path was found.");
        Assert.Equal(edges, string.Join(' ', path.Steps.Select(step => step.Edge)));
        Assert.Equal(certainty, path.Certainty.ToString());
        Assert.All(path.Steps, step => Assert.NotEmpty(step.Condition));
        Assert.NotNull(path.Steps[0].Binding);
        Assert.NotNull(path.Steps[0].Rule);
        Assert.Equal("ServiceAccount x/a", path.Steps[0].From);
    }

    [Theory]
    [InlineData("x/a@x * *.*", "nopods", Admin)]
    [InlineData("x/a@* get,list,watch pods,configmaps,serviceaccounts", "", Admin)]
    // resourceNames never match what has no name; `pods/*` matches nothing; another subresource is another matter
    [InlineData("x/a@x create pods [b-0]", "", "x/b")]
    [InlineData("x/a@x create pods/*", "", "x/b")]
    [InlineData("x/a@x create pods.apps", "", "x/b")]
    [InlineData("x/a@* create serviceaccounts", "", "x/b")]
    [InlineData("x/a@x create serviceaccounts/token [other]", "", "x/b")]
    [InlineData("x/a@y create serviceaccounts/token", "", "x/b")]
    [InlineData("x/a@x update deployments.apps/scale", "workload:Deployment/x/web", "x/b")]
    [InlineData("x/a@x patch deployments.apps", "", "x/b")]
    [InlineData("x/a@x patch deployments.apps [other]", "workload:Deployment/x/web", "x/b")]
    [InlineData("x/a@x patch jobs.batch", "workload:Job/x/once", "x/b")]
    [InlineData("x/a@x create workflows.argoproj.io", "", "x/b")]
    [InlineData("x/a@x create widgets.example.com", "resource:widgets/example.com", "x/b")]
    // Pods: what runs, as whom, and whether it has a token
    [InlineData("x/a@x patch pods", "", "x/default")]
    [InlineData("x/a@x patch pods [quiet]", "", "x/b")]
    [InlineData("x/a@x get pods/exec", "version:v1.35.0", "x/b")]
    [InlineData("x/a@x create pods/portforward", "", "x/b")]
    [InlineData("x/a@x create pods/proxy,services/proxy", "", "x/b")]
    [InlineData("x/a@x patch pods/ephemeralcontainers", "version:v1.20.2", "x/b")]
    // Secrets: without a token Secret there is no identity in them
    [InlineData("x/a@x list secrets", "secret:x/tls", "x/b")]
    [InlineData("x/a@x list secrets", "deadsecret:x/b/b-key", "x/b")]
    [InlineData("x/a@x list secrets", "tokensecret:x/gone/b-key", "x/b")]
    [InlineData("x/a@x get secrets [other]", "tokensecret:x/b/b-key", "x/b")]
    [InlineData("x/a@x create secrets", "", "x/b")]
    [InlineData("x/a@x update,get secrets", "", "x/b")]
    [InlineData("x/a@x create secrets; x/a@y get secrets", "", "x/b")]
    [InlineData("x/a@x create secrets; x/a@x get secrets [taken]", "secret:x/taken", "x/b")]
    [InlineData("x/a@x create secrets; x/b@x get secrets", "", "x/default")]
    [InlineData("x/a@x create secrets; group:system:bootstrappers@* create certificatesigningrequests.certificates.k8s.io/nodeclient", "", "node/n1")]
    [InlineData("x/a@kube-system create secrets", "psa:kube-system/restricted", "node/n1")]
    // RBAC: to write is not to hand out what one does not have, and bind and escalate alone are nothing
    [InlineData("x/a@* create,update,patch rolebindings.rbac.authorization.k8s.io,clusterrolebindings.rbac.authorization.k8s.io", "", Admin)]
    [InlineData("x/a@* create,update,patch roles.rbac.authorization.k8s.io,clusterroles.rbac.authorization.k8s.io", "", Admin)]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io", "", Admin)]
    [InlineData("x/a@* escalate clusterroles.rbac.authorization.k8s.io", "role:small holds:small", Admin)]
    [InlineData("x/a@* bind clusterroles.rbac.authorization.k8s.io [view]; x/a@* create clusterrolebindings.rbac.authorization.k8s.io", "role:view", Admin)]
    [InlineData("x/a@x bind clusterroles.rbac.authorization.k8s.io; x/a@* create clusterrolebindings.rbac.authorization.k8s.io", "", Admin)]
    [InlineData("x/a@x bind clusterroles.rbac.authorization.k8s.io; x/a@y create rolebindings.rbac.authorization.k8s.io", "", "namespace/x")]
    [InlineData("x/a@* escalate clusterroles.rbac.authorization.k8s.io [small]; x/a@* update clusterroles.rbac.authorization.k8s.io [other]", "role:small holds:small role:other", Admin)]
    [InlineData("x/a@* update,escalate clusterroles.rbac.authorization.k8s.io [other]", "role:other", Admin)]
    [InlineData("x/a@* update,escalate clusterroles.rbac.authorization.k8s.io [small]", "role:small holdsin:x/small nopods", "namespace/y")]
    [InlineData("x/a@y patch,escalate roles.rbac.authorization.k8s.io", "nopods", "namespace/x")]
    // Impersonation: groups need somebody; accounts are no users, and users are not of a namespace
    [InlineData("x/a@* impersonate groups", "", Admin)]
    [InlineData("x/a@* impersonate groups; x/a@x impersonate users", "", Admin)]
    [InlineData("x/a@* impersonate users", "", Admin)]
    [InlineData("x/a@* impersonate users [system:serviceaccount:kube-system:strong]", "", Admin)]
    [InlineData("x/a@x impersonate serviceaccounts", "", Admin)]
    [InlineData("x/a@* impersonate uids,userextras/scopes; x/a@* impersonate users", "", Admin)]
    [InlineData("x/a@* impersonate groups [ops]; x/a@* impersonate users", "", Admin)]
    [InlineData("x/a@* impersonate:serviceaccount serviceaccounts.authentication.k8s.io [strong]", "", "x/b")]
    [InlineData("x/a@* impersonate-on:serviceaccount:create serviceaccounts/token", "", "x/b")]
    [InlineData("x/a@* impersonate:serviceaccount serviceaccounts [strong]; x/a@* impersonate-on:serviceaccount:create serviceaccounts/token", "", "x/b")]
    [InlineData("x/a@* impersonate:serviceaccount serviceaccounts.authentication.k8s.io [strong]; x/a@* impersonate-on:serviceaccount:create serviceaccounts/token", "version:v1.34.0", "x/b")]
    [InlineData("x/a@* impersonate:serviceaccount serviceaccounts.authentication.k8s.io [strong]; x/a@* impersonate-on:serviceaccount:get pods", "", "x/b")]
    [InlineData("x/a@* impersonate:user-info groups.authentication.k8s.io [system:masters]; x/a@* impersonate-on:user-info:* *.*", "", Admin)]
    // Nodes
    [InlineData("x/a@x get nodes/proxy", "", "node/n1")]
    [InlineData("x/a@* get nodes/proxy [n2]", "", Admin)]
    [InlineData("x/a@* get,list nodes,nodes/metrics,nodes/stats", "", "node/n1")]
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io", "", "node/n1")]
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io/nodeclient", "", "node/n1")]
    [InlineData("x/a@x create pods", "psa:x/baseline", "node/n1")]
    [InlineData("x/a@x create pods", "psa:x/restricted", "node/n1")]
    [InlineData("x/a@x create pods; x/a@y patch namespaces", "psa:x/restricted", "node/n1")]
    [InlineData("x/a@x patch namespaces", "psa:x/restricted", "node/n1")]
    [InlineData("x/a@x create persistentvolumes,persistentvolumeclaims,pods", "psa:x/restricted", "node/n1")]
    [InlineData("x/a@* delete pods", "", Admin)]
    [InlineData("x/a@* get nodes/proxy [n2]", "", "kube-system/strong")]
    // Certificates: three halves, and the right signer
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io; x/a@* update certificatesigningrequests.certificates.k8s.io/approval", "", Admin)]
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io; x/a@* approve signers.certificates.k8s.io", "", Admin)]
    [InlineData("x/a@* create certificatesigningrequests.certificates.k8s.io; x/a@* update certificatesigningrequests.certificates.k8s.io/approval; x/a@* approve signers.certificates.k8s.io [example.com/mine]", "", Admin)]
    // Admission and the like
    [InlineData("x/a@* patch mutatingwebhookconfigurations.admissionregistration.k8s.io [inject]", "", Admin)]
    [InlineData("x/a@* create mutatingadmissionpolicies.admissionregistration.k8s.io", "", Admin)]
    [InlineData("x/a@* create mutatingadmissionpolicies.admissionregistration.k8s.io,mutatingadmissionpolicybindings.admissionregistration.k8s.io", "version:v1.30.0", Admin)]
    [InlineData("x/a@* create validatingwebhookconfigurations.admissionregistration.k8s.io", "", Admin)]
    [InlineData("x/a@* patch apiservices.apiregistration.k8s.io [v1.gone]", "", Admin)]
    [InlineData("x/a@* update csidrivers.storage.k8s.io [other]", "csidriver:store", "x/b")]
    [InlineData("x/a@kube-system patch configmaps", "", Admin)]
    [InlineData("x/a@kube-system patch configmaps [other]", "configmap:kube-system/aws-auth", Admin)]
    [InlineData("x/a@x patch configmaps", "configmap:kube-system/aws-auth", Admin)]
    // Accounts that bindings wait for
    [InlineData("x/a@x create serviceaccounts", "missing:x/ghost", Admin)]
    [InlineData("x/a@x create serviceaccounts/token", "missing:x/ghost", Admin)]
    [InlineData("x/a@x create pods", "missing:x/ghost psa:x/restricted", Admin)]
    [InlineData("x/a@x create serviceaccounts,serviceaccounts/token", "missing:y/ghost", Admin)]
    [InlineData("x/a@x create serviceaccounts; x/a@x create serviceaccounts/token [other]", "missing:x/ghost", Admin)]
    [InlineData("x/a@x create namespaces,serviceaccounts,serviceaccounts/token", "missing:gone/ghost", Admin)]
    // No power at all
    [InlineData("x/a@* create tokenreviews.authentication.k8s.io,subjectaccessreviews.authorization.k8s.io", "", Admin)]
    [InlineData("group:system:unauthenticated@* create serviceaccounts/token", "", Admin)]
    [InlineData("group:system:serviceaccounts:y@* create serviceaccounts/token", "", Admin)]
    public void A_trap_does_not(string grants, string with, string target) => Assert.Empty(Paths(grants, with, target).Select(path => path.ToString()));

    [Fact]
    public void A_controller_is_found_by_its_labels_and_where_it_is_installed()
    {
        const string Grants = "x/a@x create kustomizations.kustomize.toolkit.fluxcd.io";
        var snapshot = Universe.Of(Grants, "resource:kustomizations/kustomize.toolkit.fluxcd.io");
        var flux = new KubeSa.Analysis.Snapshot.SnapshotWorkload("Deployment", "kube-system", "any-name") { Group = "apps", ServiceAccount = "strong", Labels = new Dictionary<string, string> { ["app"] = "kustomize-controller" } };
        var path = Assert.Single(PathFinding.Of(snapshot with { Workloads = [flux] }, Admin));
        Assert.Equal(["Deputy", "HoldsEverything"], path.Steps.Select(step => step.Edge));
        Assert.Equal(EscalationCertainty.Likely, path.Certainty);
        Assert.Empty(PathFinding.Of(snapshot, Admin));
        Assert.Empty(PathFinding.Of(snapshot with { Workloads = [flux with { Labels = new Dictionary<string, string> { ["app"] = "other" } }] }, Admin));
        Assert.Empty(PathFinding.Of(snapshot with { Workloads = [flux], Resources = [] }, Admin));
    }

    /// <summary>What is given by bind counts together with what one has: here the right to write bindings everywhere.</summary>
    [Fact]
    public void A_role_that_one_gives_oneself_is_a_step_to_more()
    {
        var snapshot = Universe.Of("x/a@* bind clusterroles.rbac.authorization.k8s.io [g9]; x/a@* create clusterrolebindings.rbac.authorization.k8s.io");
        snapshot = snapshot with { Roles = [.. snapshot.Roles, new KubeSa.Api.RoleDefinition(null, "g9", [Universe.Rule("bind", "clusterroles.rbac.authorization.k8s.io", null)])] };
        var path = Assert.Single(PathFinding.Of(snapshot, Admin));
        Assert.Equal(["BindRole", "BindRole"], path.Steps.Select(step => step.Edge));
        Assert.Equal("ClusterRoleBinding g1, ClusterRoleBinding g2", path.Steps[0].Binding);
    }

    private static List<EscalationPath> Paths(string grants, string with, string target) => PathFinding.Of(Universe.Of(grants, with), target);
}
