using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>A session that may call no method still gets all that users need.</summary>
public sealed class ConstrainedLanguageTests(RetiredKeyFixture sandbox) : IClassFixture<RetiredKeyFixture>
{
    [Fact]
    public void Gives_the_text_for_a_ticket()
    {
        using var engine = sandbox.Connect();
        engine.SetVariable("mount", sandbox.Server.MountPath);
        engine.Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").RequireNoErrors();
        engine.Run("(Test-KubeInClusterAccess -MountPath $mount).ToTicket()").RequireError("MethodInvocationNotSupportedInConstrainedLanguage");
        var ticket = Assert.Single(engine.Run("Test-KubeInClusterAccess -MountPath $mount -AsTicket").RequireNoErrors().Text);
        Assert.StartsWith("TokenRejected: ", ticket, StringComparison.Ordinal);
        var judged = Assert.Single(engine.Run("Test-KubeInClusterAccess -MountPath $mount -AsEvidence | ConvertFrom-KubeAccessEvidence -AsTicket").RequireNoErrors().Text);
        Assert.StartsWith("TokenRejected: ", judged, StringComparison.Ordinal);
    }
}
