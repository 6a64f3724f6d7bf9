using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Names as kubectl -o name prints them are names.</summary>
public sealed class KubectlNameTests
{
    [Theory]
    [InlineData("serviceaccount/web", null, "web")]
    [InlineData("serviceaccounts/web", null, "web")]
    [InlineData("team-a/web", "team-a", "web")]
    [InlineData("web", null, "web")]
    [InlineData("/web", "", "web")]
    [InlineData("system:serviceaccount:team-a:web", "team-a", "web")]
    public void An_account_is_read_without_the_kind(string text, string? ns, string name)
    {
        var account = new ServiceAccountReference(text);
        Assert.Equal((ns, name), (account.Namespace, account.Name));
    }

    [Theory]
    [InlineData("deployment", "deployment.apps/shop", "shop")]
    [InlineData("Deployment", "Deployment/shop", "shop")]
    [InlineData("clusterrole", "clusterrole.rbac.authorization.k8s.io/view", "view")]
    [InlineData("secret", "secrets/web-token", "web-token")]
    [InlineData("secret", "deployment/web", "deployment/web")]
    [InlineData("secret", "secretary/web", "secretary/web")]
    [InlineData("secret", "web", "web")]
    [InlineData("role", "clusterrole.rbac.authorization.k8s.io/view", "clusterrole.rbac.authorization.k8s.io/view")]
    public void Only_the_kind_that_is_meant_is_taken_away(string kind, string text, string name) => Assert.Equal(name, KubectlName.Without(kind, text));
}
