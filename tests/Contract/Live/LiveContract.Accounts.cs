using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Xunit;

namespace KubeSa.Contract.Live;

public abstract partial class LiveContract
{
    [Fact]
    public void An_account_is_changed_where_it_was_asked_for_and_nowhere_else()
    {
        Texts("New-KubeServiceAccount changed -Label @{ old = '1'; keep = '2' } -ImagePullSecret registry");
        Assert.Equal(
            ["1", "2", "False", "registry"],
            Texts("$a = Set-KubeServiceAccount changed -Label @{ old = $null; new = '1' } -AutomountToken $false -PassThru; $a.Labels['new'], $a.Labels['keep'], $a.AutomountToken, $a.ImagePullSecrets"));
        Assert.Equal(["2"], Texts("(Get-KubeServiceAccount changed).Labels.Count"));
    }

    [Fact]
    public void A_removed_account_is_gone()
    {
        Texts("New-KubeServiceAccount gone");
        Texts("Get-KubeServiceAccount gone | Remove-KubeServiceAccount -WhatIf");
        Assert.Equal([$"{cluster.Namespace}/gone"], Texts("Get-KubeServiceAccount gone"));
        Texts("Get-KubeServiceAccount gone | Remove-KubeServiceAccount -Confirm:$false");
        _engine.Run("Get-KubeServiceAccount gone").RequireError("ServiceAccountNotFound");
        _engine.Run("Remove-KubeServiceAccount gone -Confirm:$false").RequireError("ServiceAccountNotFound");
    }

    [Fact]
    public void The_pods_that_run_as_an_account_are_found()
    {
        Texts("New-KubeServiceAccount used, idle-account");
        Eventually(() => IsCreated("user", "used"));

        Assert.Equal(
            ["user", "/var/run/secrets/kubernetes.io/serviceaccount/token"],
            Texts("$u = Get-KubeServiceAccountUsage used; $u.Pod, $u.TokenPath"));
        Assert.Equal(["idle-account"], Texts("(Get-KubeServiceAccountUsage idle-account -Unused).ServiceAccount"));
        Assert.Empty(Texts("Get-KubeServiceAccountUsage used -Unused"));
    }

    // Before 1.24 admission refuses a pod until its account has got a token Secret (500 ServerTimeout).
    private bool IsCreated(string pod, string account)
    {
        try
        {
            cluster.Client.CoreV1.CreateNamespacedPod(
                new V1Pod
                {
                    Metadata = new V1ObjectMeta { Name = pod },
                    Spec = new V1PodSpec
                    {
                        ServiceAccountName = account,
                        Containers = [new V1Container { Name = "idle", Image = "registry.k8s.io/pause:3.10" }],
                    },
                },
                cluster.Namespace);
            return true;
        }
        catch (HttpOperationException refusal) when (refusal.Response.StatusCode == HttpStatusCode.InternalServerError)
        {
            return false;
        }
    }
}
