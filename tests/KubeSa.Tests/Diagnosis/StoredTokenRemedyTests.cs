using KubeSa.Diagnosis;
using Xunit;
using static KubeSa.Tests.Diagnosis.HealthyEvidence;

namespace KubeSa.Tests.Diagnosis;

/// <summary>What is advised for the token of a Secret fits the server's version and what is known of the Secret.</summary>
public sealed class StoredTokenRemedyTests
{
    private const string Deleted = "[invalid bearer token, Token has been invalidated]";
    private const string Create = "New-KubeSaTokenSecret cart cart-token-1 -Namespace shop";
    private const string ByItself = "controller has already made another Secret";

    private static readonly ObjectEvidence There = new() { Reference = "Secret shop/cart-token-1", Uid = "s", HoldsToken = true };
    private static readonly ObjectEvidence Renewed = There with { HoldsToken = false };
    private static readonly ObjectEvidence Gone = There with { Uid = null, HoldsToken = null };

    public static TheoryData<string?, string, string, string, string> Cases => new()
    {
        // The version, what is wrong, what is known of the Secret, what is advised, and what is not.
        { "v1.20.2", "deleted", "gone", ByItself, Create },
        { "v1.20.2", "deleted", "gone", "recreate the pod", "Delete the Secret" },
        { "v1.22.17", "deleted", "gone", "recreate the pod", "Delete the Secret" },
        { "v1.22.17", "deleted", "gone", Create, ByItself },
        { "v1.36.2", "deleted", "gone", Create, ByItself },

        // The last of the old and the first of the new.
        { "v1.20.99", "deleted", "gone", ByItself, Create },
        { "v1.21.0", "deleted", "gone", Create, ByItself },
        { "v1.23.99", "deleted", "gone", "To get a token that renews itself", ByItself },
        { "v1.24.0", "deleted", "gone", "Create the Secret again", "To get a token that renews itself" },
        { "v1.23.99", "key", "there", "so that the controller makes a token", Create },
        { "v1.24.0", "key", "there", Create, "so that the controller makes a token" },
        { "v1.27+", "deleted", "gone", Create, "Delete the Secret" },
        { null, "deleted", "gone", "Before Kubernetes 1.24", "Delete the Secret" },
        { "v1.20.2", "key", "there", "Delete the Secret shop/cart-token-1, so that the controller", Create },
        { "v1.36.2", "key", "there", Create, "so that the controller makes a token" },
        { null, "key", "there", Create, "so that the controller makes a token" },
        { "v1.20.2", "key", "gone", ByItself, "Delete the Secret" },
        { "v1.36.2", "key", "gone", Create, "Delete the Secret" },
        { "v1.20.2", "key", "renewed", "holds another token by now", "Delete the Secret" },
        { "v1.36.2", "key", "renewed", "holds another token by now", "Delete the Secret" },
        { "v1.20.2", "damaged", "there", "Do not delete", "so that the controller" },
        { "v1.36.2", "damaged", "there", "Do not delete", Create },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fits(string? version, string fault, string secret, string advised, string not)
    {
        var refused = fault switch
        {
            "deleted" => Evidence.With(Legacy).Refused(Deleted, Signature(true, true, "key-1")),
            "key" => Evidence.With(Legacy).Refused("[invalid bearer token, no]", Signature(false, false, "key-2")),
            _ => Evidence.With(Legacy).Refused("[invalid bearer token, no]", Signature(false, true, "key-1")),
        };
        var view = refused.Administrator! with { ServerVersion = version, Secret = secret switch { "there" => There, "renewed" => Renewed, _ => Gone } };

        var report = AccessJudge.Judge(refused with { Administrator = view, Server = refused.Server! with { GitVersion = null } });
        var remedies = report.Checks.Where(check => check.Status == AccessCheckStatus.Fail).Select(check => check.Remedy).ToList();
        var tested = TokenJudge.Judge(new TokenTestEvidence { Clock = Now, Info = Legacy, Administrator = view });
        remedies.Add(tested.Checks.First(check => check.Status == AccessCheckStatus.Fail).Remedy);

        Assert.Equal(2, remedies.Count);
        Assert.All(remedies, remedy =>
        {
            Assert.Contains(advised, remedy, StringComparison.Ordinal);
            Assert.DoesNotContain(not, remedy, StringComparison.Ordinal);
        });
    }

    public static TheoryData<string?, string, string, string> Commands => new()
    {
        { "v1.20.2", "key", "there", "Remove-KubeSaTokenSecret cart-token-1 -Namespace shop" },
        { "v1.36.2", "key", "there", "Remove-KubeSaTokenSecret cart-token-1 -Namespace shop; New-KubeSaTokenSecret cart -Namespace shop -Name cart-token-1" },
        { "v1.36.2", "key", "gone", "New-KubeSaTokenSecret cart -Namespace shop -Name cart-token-1" },
        { "v1.20.2", "key", "gone", "Get-KubeServiceAccountUsage cart -Namespace shop" },
        { "v1.20.2", "key", "renewed", "Get-KubeServiceAccountUsage cart -Namespace shop" },
        { "v1.36.2", "key", "renewed", "Get-KubeServiceAccountUsage cart -Namespace shop" },
        { "v1.20.2", "deleted", "gone", "Get-KubeServiceAccountUsage cart -Namespace shop" },
        { "v1.22.17", "deleted", "gone", "New-KubeSaTokenSecret cart -Namespace shop -Name cart-token-1" },
        { "v1.36.2", "deleted", "gone", "New-KubeSaTokenSecret cart -Namespace shop -Name cart-token-1" },
        { "v1.20.99", "deleted", "gone", "Get-KubeServiceAccountUsage cart -Namespace shop" },
        { "v1.21.0", "deleted", "gone", "New-KubeSaTokenSecret cart -Namespace shop -Name cart-token-1" },
        { "v1.23.99", "key", "there", "Remove-KubeSaTokenSecret cart-token-1 -Namespace shop" },
        { "v1.24.0", "key", "there", "Remove-KubeSaTokenSecret cart-token-1 -Namespace shop; New-KubeSaTokenSecret cart -Namespace shop -Name cart-token-1" },
    };

    /// <summary>From 1.29 on servers mark tokens invalid that were not used for a year.</summary>
    [Theory]
    [InlineData("v1.28.99", false)]
    [InlineData("v1.29.0", true)]
    [InlineData(null, true)]
    public void An_unused_token_is_a_cause_where_servers_look_at_its_use(string? version, bool isOne)
    {
        var refused = Evidence.With(Legacy).Refused();
        var report = AccessJudge.Judge(refused with { Server = refused.Server! with { GitVersion = version } });
        var check = report.Checks.First(check => check.Status == AccessCheckStatus.Fail);
        Assert.Equal(isOne, $"{check.Detail} {check.Remedy}".Contains("not used for a year", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_line_to_paste_does_what_the_remedy_says(string? version, string fault, string secret, string expected)
    {
        var refused = fault == "deleted"
            ? Evidence.With(Legacy).Refused(Deleted, Signature(true, true, "key-1"))
            : Evidence.With(Legacy).Refused("[invalid bearer token, no]", Signature(false, false, "key-2"));
        var view = refused.Administrator! with { ServerVersion = version, Secret = secret switch { "there" => There, "renewed" => Renewed, _ => Gone } };
        Assert.Equal(expected, AccessJudge.Judge(refused with { Administrator = view }).Command);
    }

    [Theory]
    [InlineData("v1.20.2", 20)]
    [InlineData("1.36.0", 36)]
    [InlineData("v1.27+", 27)]
    [InlineData("v1.30.1-eks-abc", 30)]
    [InlineData("v2.0.0", null)]
    [InlineData("unknown", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Reads_a_servers_version(string? version, int? minor) => Assert.Equal(minor, ServerVersions.Minor(version));
}
