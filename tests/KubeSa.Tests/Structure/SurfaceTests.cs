using System.Management.Automation;
using System.Reflection;
using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>The names that runbooks rely on: none may go, others may come.</summary>
public sealed class SurfaceTests
{
    [Theory]
    [InlineData("Get-KubeServiceAccount", "Name LabelSelector FieldSelector IncludeTokens IncludeEvents Namespace(ns) AllNamespaces(A)")]
    [InlineData("Get-KubeNamespace", "Name Namespace(ns) LabelSelector")]
    [InlineData("New-KubeServiceAccount", "Name Namespace(ns) Label Annotation ImagePullSecret AutomountToken WhatIf")]
    [InlineData("Set-KubeServiceAccount", "Name Namespace(ns) Label Annotation ImagePullSecret AutomountToken PassThru WhatIf")]
    [InlineData("Remove-KubeServiceAccount", "Name Namespace(ns) Confirm!")]
    [InlineData("Get-KubeServiceAccountUsage", "ServiceAccount(Name) Namespace(ns) AllNamespaces(A) Unused")]
    [InlineData("Set-KubeWorkloadServiceAccount", "Kind Name ServiceAccount Namespace(ns) Wait TimeoutSeconds WhatIf")]
    [InlineData("New-KubeServiceAccountToken", "Name Namespace(ns) Duration Audience BoundPod BoundSecret BoundNode AsPlainText WhatIf")]
    [InlineData("ConvertFrom-KubeAccessEvidence", "InputObject Path LiteralPath(PSPath) AdminConnection")]
    [InlineData("ConvertFrom-KubeServiceAccountToken", "Token Path LiteralPath(PSPath)")]
    [InlineData("Test-KubeServiceAccountToken", "Token Path LiteralPath(PSPath) Audience Offline Jwks PublicKey")]
    [InlineData("Get-KubeSaTokenSecret", "ServiceAccount Name Namespace(ns) AllNamespaces(A)")]
    [InlineData("New-KubeSaTokenSecret", "ServiceAccount Name Namespace(ns) TimeoutSeconds WhatIf")]
    [InlineData("Disable-KubeSaTokenSecret", "Name Namespace(ns) WhatIf")]
    [InlineData("Enable-KubeSaTokenSecret", "Name Namespace(ns) WhatIf")]
    [InlineData("Remove-KubeSaTokenSecret", "DisabledFor Name Namespace(ns) Confirm!")]
    [InlineData("ConvertFrom-SaTokenSecret", "InputObject Path LiteralPath(PSPath) AsPlainText")]
    [InlineData("Export-KubeServiceAccountKubeConfig", "Name Namespace(ns) Path Duration TokenSecret Refreshing Force WhatIf")]
    [InlineData("Invoke-KubeServiceAccountAudit", "ServiceAccount Namespace(ns) AllNamespaces(A) Rule Severity Context Snapshot Exception CustomRule")]
    [InlineData("Get-KubeServiceAccountAuditRule", "Id")]
    [InlineData("Export-KubeServiceAccountAuditReport", "Path InputObject Force WhatIf")]
    [InlineData("Export-KubeAccessSnapshot", "Path Context Connection KubeConfig Force")]
    [InlineData("Compare-KubeAccessSnapshot", "Reference Difference Context Connection KubeConfig")]
    [InlineData("Find-KubeEscalationPath", "ServiceAccount Target MaxSteps Snapshot Context Connection KubeConfig")]
    [InlineData("Get-KubeIdentity", "As AsGroup")]
    [InlineData("Test-KubeAccess", "Verb Resource Name NonResourceUrl ServiceAccount Namespace(ns) AllNamespaces(A) Quiet")]
    [InlineData("Get-KubeAccessRule", "ServiceAccount Namespace(ns)")]
    [InlineData("Find-KubeAccess", "Verb Resource Name NonResourceUrl Namespace(ns) AllNamespaces(A)")]
    [InlineData("Grant-KubeServiceAccountRole", "ServiceAccount Role ClusterRole Namespace(ns) ClusterWide WhatIf")]
    [InlineData("Grant-KubeServiceAccountRole", "Verb Resource ResourceName BindingName")]
    [InlineData("Get-KubeRole", "Name Namespace(ns) AllNamespaces(A) ClusterWide")]
    [InlineData("Get-KubeRoleBinding", "Name Namespace(ns) AllNamespaces(A) ClusterWide")]
    [InlineData("New-KubeRole", "Name Namespace(ns) ClusterWide Verb Resource ResourceName NonResourceUrl WhatIf")]
    [InlineData("Revoke-KubeServiceAccountRole", "ServiceAccount Role ClusterRole Namespace(ns) ClusterWide WhatIf")]
    [InlineData("Get-KubeResource", "Resource Name Namespace(ns) AllNamespaces(A) LabelSelector FieldSelector Wide")]
    [InlineData("Wait-KubeResource", "InputObject Resource Name Namespace(ns) AllNamespaces(A) LabelSelector FieldSelector For TimeoutSeconds")]
    [InlineData("Watch-KubeResource", "InputObject Resource Name Namespace(ns) AllNamespaces(A) LabelSelector FieldSelector TimeoutSeconds Count OnlyChanges Wide")]
    [InlineData("Invoke-KubeRestMethod", "Path(Uri) Method Body ContentType Query FieldManager DryRun Raw WhatIf")]
    [InlineData("Invoke-KubeServiceAccountCommand", "ServiceAccount ScriptBlock Namespace(ns) Duration Audience Impersonate KeepEnvironment WhatIf")]
    [InlineData("New-KubeResource", "InputObject Path LiteralPath(PSPath) Namespace(ns) WhatIf")]
    [InlineData("Set-KubeResource", "InputObject Resource Name Namespace(ns) Patch WhatIf")]
    [InlineData("Remove-KubeResource", "InputObject Resource Name Namespace(ns) Confirm!")]
    public void A_cmdlet_has_its_parameters(string name, string parameters)
    {
        var type = Cmdlets.Single(type => NameOf(type) == name);
        foreach (var parameter in parameters.Split(' '))
        {
            if (parameter is "WhatIf" or "Confirm!")
            {
                var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
                Assert.True(cmdlet.SupportsShouldProcess);
                Assert.Equal(parameter == "Confirm!" ? ConfirmImpact.High : ConfirmImpact.Medium, cmdlet.ConfirmImpact);
                continue;
            }

            var property = type.GetProperty(parameter.Split('(')[0]);
            Assert.True(property?.GetCustomAttributes<ParameterAttribute>().Any() == true, parameter);
            if (parameter.Contains('('))
            {
                Assert.Contains(parameter.Split('(', ')')[1], property!.GetCustomAttribute<AliasAttribute>()!.AliasNames);
            }
        }
    }

    [Fact]
    public void A_cmdlet_that_asks_a_server_takes_a_connection_by_property_name_and_a_context()
    {
        var asking = Cmdlets.Where(typeof(KubeApiCmdlet).IsAssignableFrom).ToList();
        Assert.InRange(asking.Count, 15, 60);
        foreach (var type in asking)
        {
            Assert.True(type.GetProperty("Connection")!.GetCustomAttribute<ParameterAttribute>()!.ValueFromPipelineByPropertyName);
            Assert.NotNull(type.GetProperty("Context")!.GetCustomAttribute<ParameterAttribute>());
            Assert.NotNull(type.GetProperty("KubeConfig")!.GetCustomAttribute<ParameterAttribute>());
            var own = type.GetProperty("Namespace")?.GetCustomAttributes<ParameterAttribute>().ToList() ?? [];
            Assert.All(own, parameter => Assert.True(parameter.ValueFromPipelineByPropertyName, NameOf(type)));
        }
    }

    [Theory]
    [InlineData(typeof(ServiceAccount), "Namespace Name SecretCount MountableSecrets ImagePullSecrets AutomountToken Tokens Events Labels Annotations CloudIdentities CreationTimestamp Age Uid ResourceVersion UserName Groups")]
    [InlineData(typeof(Namespace), "Name Status Labels Annotations CreationTimestamp Age Uid ResourceVersion")]
    [InlineData(typeof(ServiceAccountUsage), "Namespace ServiceAccount Pod Workload Node Automount Mount TokenPath TokenAudience TokenExpirationSeconds Volume")]
    [InlineData(typeof(Workload), "Kind Namespace Name ServiceAccount")]
    [InlineData(typeof(ServiceAccountToken), "Namespace ServiceAccount Token ExpiresAt Audiences")]
    [InlineData(typeof(TokenInfo), "Kind Namespace ServiceAccount ServiceAccountUid UserName Groups Issuer Audiences IssuedAt NotBefore ExpiresAt IsExpired PodName PodUid SecretName NodeName WarnAfter JwtId Algorithm KeyId")]
    [InlineData(typeof(TokenSecret), "Namespace Name ServiceAccount ServiceAccountUid CaCertificates TokenNamespace Token Info LastUsed InvalidSince CreationTimestamp Age")]
    [InlineData(typeof(TokenTestResult), "Valid Cause UserName Groups Checks")]
    [InlineData(typeof(Identity), "UserName Uid Groups Extra Source Namespace ServiceAccount")]
    [InlineData(typeof(AccessDecision), "Allowed Denied Reason UserName Verb Resource Name Namespace NonResourceUrl")]
    [InlineData(typeof(AccessRule), "Namespace ServiceAccount Scope Verbs ApiGroups Resources ResourceNames NonResourceUrls BindingKind Binding RoleKind Role Subject What Exists")]
    [InlineData(typeof(AccessGrant), "SubjectKind Subject Namespace ServiceAccount Verb Resource NonResourceUrl Scope BindingKind Binding RoleKind Role Exists")]
    [InlineData(typeof(EscalationPath), "From To Certainty Steps Cut Namespace ServiceAccount Route Cluster")]
    [InlineData(typeof(EscalationStep), "From To Edge Binding Role Rule Condition Certainty")]
    [InlineData(typeof(Role), "Kind Namespace Name Rules AggregatedFrom Labels CreationTimestamp Age Uid")]
    [InlineData(typeof(PolicyRule), "Verbs ApiGroups Resources ResourceNames NonResourceUrls What")]
    [InlineData(typeof(WatchEvent), "Type Kind Namespace Name Object Cluster ClusterServer")]
    [InlineData(typeof(RoleBinding), "Kind Namespace Name RoleKind Role Subjects")]
    public void An_output_has_its_properties_and_no_connection_to_show(Type type, string properties)
    {
        var names = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).ToList();
        Assert.Empty(properties.Split(' ').Except(names));
        Assert.DoesNotContain("Connection", names);
        Assert.DoesNotContain("Origin", names);
    }

    private static IEnumerable<Type> Cmdlets =>
        typeof(KubeCmdlet).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null);

    private static string NameOf(Type type) =>
        type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet ? $"{cmdlet.VerbName}-{cmdlet.NounName}" : type.Name;
}
