using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Completion;

/// <summary>Names of every kind that a parameter takes.</summary>
public sealed class NameCompletionTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("Get-KubeServiceAccount -Namespace team-a w", "web")]
    [InlineData("Get-KubeServiceAccount -Namespace kube-s", "kube-system")]
    [InlineData("Get-KubeAccessRule -Namespace team-a re", "reader")]
    [InlineData("Grant-KubeServiceAccountRole web -ClusterRole vi", "view")]
    [InlineData("Grant-KubeServiceAccountRole web -Namespace team-a -Role pod", "pod-reader")]
    [InlineData("Grant-KubeServiceAccountRole web -ClusterRole system:basic", "'system:basic-user'")]
    [InlineData("New-KubeServiceAccountToken builder -Namespace team-a -BoundPod bu", "build-7")]
    [InlineData("Set-KubeWorkloadServiceAccount -Namespace team-b rep", "reports")]
    [InlineData("Set-KubeWorkloadServiceAccount -Namespace team-b -Kind StatefulSet rep", null)]
    [InlineData("Find-KubeAccess del", "delete,deletecollection")]
    [InlineData("Test-KubeAccess list deploy", "deployments.apps")]
    public void Completes_what_the_cluster_has(string line, string? expected)
    {
        using var engine = sandbox.Connect();

        // The first Tab may come before the server has answered; what it has is there at the next.
        string[] words = [];
        for (var tab = 0; tab < 100 && words.Length == 0 && (tab == 0 || expected is not null); tab++)
        {
            words = [.. engine.Run($"(TabExpansion2 '{line}').CompletionMatches | Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText").RequireNoErrors().Text];
        }

        Assert.Equal(expected?.Split(',') ?? [], words);
    }
}
