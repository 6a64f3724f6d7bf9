using System.Security;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class GetKubeSaTokenSecretTests(LegacyFixture sandbox) : IClassFixture<LegacyFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Lists_and_decodes_token_secrets_alone()
    {
        var secrets = _engine.Run("Get-KubeSaTokenSecret -AllNamespaces").RequireNoErrors().As<TokenSecret>();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret =>
        {
            Assert.IsType<SecureString>(secret.Token);
            Assert.Equal((TokenKind.Legacy, secret.ServiceAccount, secret.Name), (secret.Info!.Kind, secret.Info.ServiceAccount, secret.Info.SecretName));
            Assert.NotEmpty(secret.CaCertificates);
        });
    }

    [Fact]
    public void Finds_those_of_an_account_by_pipeline_and_by_name()
    {
        var piped = _engine.Run("Get-KubeServiceAccount default -Namespace kube-system | Get-KubeSaTokenSecret").RequireNoErrors().As<TokenSecret>();
        Assert.Equal("default", Assert.Single(piped).ServiceAccount);
        var named = _engine.Run("Get-KubeSaTokenSecret -ServiceAccount def* -Namespace kube-system").RequireNoErrors().As<TokenSecret>();
        Assert.Equal(piped[0].Name, Assert.Single(named).Name);
        Assert.Equal(piped[0].Name, Assert.Single(_engine.Run($"Get-KubeSaTokenSecret {piped[0].Name} -Namespace kube-system").RequireNoErrors().As<TokenSecret>()).Name);
    }

    [Fact]
    public void Gives_the_token_in_plain_text_only_when_asked() => Assert.All(
        _engine.Run("Get-KubeSaTokenSecret -Namespace kube-system -AsPlainText").RequireNoErrors().As<TokenSecret>(),
        secret => Assert.StartsWith("eyJ", Assert.IsType<string>(secret.Token), StringComparison.Ordinal));

    [Fact]
    public void Names_a_missing_secret_and_is_silent_for_wildcards()
    {
        Assert.Equal("default/nope", _engine.Run("Get-KubeSaTokenSecret nope").RequireError("SecretNotFound").TargetObject);
        Assert.Empty(_engine.Run("Get-KubeSaTokenSecret nope*").RequireNoErrors().Output);
    }
}
