using System.Security.Cryptography.X509Certificates;
using KubeSa.Sandbox.Certificates;
using Xunit;

namespace KubeSa.Contract.Parts;

public sealed class CertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(Now);

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    [InlineData("kubernetes.default.svc")]
    [InlineData("10.96.0.1")]
    public void The_good_one_is_for_every_name_of_the_server(string host)
    {
        using var certificate = SandboxCertificates.Good(_authority, Now);

        Assert.True(certificate.MatchesHostname(host));
        Assert.Empty(ProblemsOf(certificate));
        Assert.True(certificate.HasPrivateKey);
    }

    [Fact]
    public void The_one_for_another_name_is_wrong_in_that_alone()
    {
        using var certificate = SandboxCertificates.ForAnotherName(_authority, Now);

        Assert.False(certificate.MatchesHostname("127.0.0.1"));
        Assert.Empty(ProblemsOf(certificate));
    }

    [Fact]
    public void The_expired_one_is_wrong_in_that_alone()
    {
        using var certificate = SandboxCertificates.Expired(_authority, Now);

        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.Equal([X509ChainStatusFlags.NotTimeValid], ProblemsOf(certificate));
    }

    [Fact]
    public void The_one_of_an_unknown_authority_is_wrong_in_that_alone()
    {
        using var certificate = SandboxCertificates.FromUnknownAuthority(Now);

        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.Contains(X509ChainStatusFlags.PartialChain, ProblemsOf(certificate));
        Assert.True(certificate.NotAfter > Now.LocalDateTime);
    }

    private X509ChainStatusFlags[] ProblemsOf(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.Build(certificate);
        return [.. chain.ChainStatus.Select(status => status.Status)];
    }
}
