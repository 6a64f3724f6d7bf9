using Xunit;

namespace KubeSa.Tests.Diagnosis;

public sealed class ExitCodeTests
{
    [Fact]
    public void The_number_of_a_cause_never_changes() => Assert.Equal(
        "None NotInCluster EnvironmentInvalid MountMissing TokenFileMissing TokenEmpty TokenMalformed TokenExpired TokenNotYetValid TokenAudienceMismatch "
        + "NamespaceMismatch CaFileMissing CaMalformed CaExpired HostNotFound ConnectionRefused ConnectionTimedOut ConnectionReset TlsUntrusted TlsNameMismatch "
        + "TlsExpired ServerUnavailable NotKubernetes TokenRejected SignatureKeyUnknown IssuerUnknown ServiceAccountDeleted BoundObjectDeleted SecretDeleted "
        + "Forbidden Throttled Unknown",
        string.Join(' ', Enumerable.Range(0, 32).Select(number => (AccessCause)number)));
}
