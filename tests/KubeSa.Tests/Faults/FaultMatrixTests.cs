using System.Diagnostics;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Faults;

/// <summary>
/// What each fault of a server or of the way to it comes to: the error id of a read, a list and a write, and the cause
/// that Test-KubeInClusterAccess finds. A line of the table is a case.
/// </summary>
public sealed class FaultMatrixTests
{
    private const int TimeoutSeconds = 4;

    // The time of the call, and what a busy machine adds to it.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(TimeoutSeconds + 10);

    public static TheoryData<string, string, string, string, string> Table => new()
    {
        // fault                  read                 list                 write                In the cluster
        { "refused",              "ConnectionRefused", "ConnectionRefused", "ConnectionRefused", "ConnectionRefused" },
        { "stall",                "TimedOut",          "TimedOut",          "TimedOut",          "ConnectionTimedOut" },
        { "stall in the body",    "TimedOut",          "TimedOut",          "TimedOut",          "ConnectionTimedOut" },
        { "closed",               "ConnectionReset",   "ConnectionReset",   "ConnectionReset",   "ConnectionReset" },
        { "closed in the body",   "ConnectionReset",   "ConnectionReset",   "ConnectionReset",   "ConnectionReset" },
        { "truncated JSON",       "ProtocolError",     "ProtocolError",     "ProtocolError",     "NotKubernetes" },
        { "HTML",                 "ProtocolError",     "ProtocolError",     "ProtocolError",     "NotKubernetes" },
        { "redirect",             "ProtocolError",     "ProtocolError",     "ProtocolError",     "NotKubernetes" },
        { "401",                  "Unauthorized",      "Unauthorized",      "Unauthorized",      "TokenRejected" },
        { "403",                  "Forbidden",         "Forbidden",         "Forbidden",         "Forbidden" },
        { "429",                  "TooManyRequests",   "TooManyRequests",   "TooManyRequests",   "Throttled" },
        { "500",                  "ServerError",       "ServerError",       "ServerError",       "ServerUnavailable" },
        { "502 in HTML",          "ServerError",       "ServerError",       "ServerError",       "ServerUnavailable" },
        { "503",                  "ServerError",       "ServerError",       "ServerError",       "ServerUnavailable" },
        { "504 without a kind",   "ServerError",       "ServerError",       "ServerError",       "ServerUnavailable" },
        { "another name",         "TlsNameMismatch",   "TlsNameMismatch",   "TlsNameMismatch",   "TlsNameMismatch" },
        { "unknown authority",    "TlsUntrusted",      "TlsUntrusted",      "TlsUntrusted",      "TlsUntrusted" },
        { "expired",              "TlsExpired",        "TlsExpired",        "TlsExpired",        "TlsExpired" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Comes_to_the_right_error_in_bounded_time(string fault, string read, string list, string write, string cause)
    {
        await using var cluster = await FaultyCluster.StartAsync(fault);
        using var engine = new HostedEngine();
        engine.Run(
            "param($server, $token, $ca, $seconds) Connect-KubeCluster -Server $server -TokenFile $token -CertificateAuthority $ca -TimeoutSeconds $seconds",
            cluster.Server.Url, cluster.TokenFile, cluster.Options.CertificateAuthority!, TimeoutSeconds).RequireNoErrors();

        Fails(engine, "Get-KubeServiceAccount builder -Namespace team-a -Verbose -Debug", read);
        Fails(engine, "Get-KubeServiceAccount -AllNamespaces -Verbose -Debug", list);
        Fails(engine, "New-KubeServiceAccount builder -Namespace team-a -Verbose -Debug", write);

        var report = Run(engine, $"Test-KubeInClusterAccess -MountPath '{cluster.MountPath}' -TimeoutSeconds {TimeoutSeconds} -Verbose");
        var judged = Assert.Single(report.RequireNoErrors().As<AccessReport>());
        Assert.True(cause == judged.Cause.ToString(), $"{judged}");
    }

    private static void Fails(HostedEngine engine, string command, string id)
    {
        var result = Run(engine, command);
        result.RequireError(id);
        Assert.Empty(result.Output);
    }

    private static EngineResult Run(HostedEngine engine, string command)
    {
        var watch = Stopwatch.StartNew();
        var result = engine.Run(command);
        Assert.True(watch.Elapsed < Longest, $"It took {watch.Elapsed}.");
        var said = string.Join('\n', result.Verbose.Concat(result.Debug).Concat(result.Warnings).Concat(result.Information)
            .Concat(result.Errors.Select(e => $"{e}{e.Exception}")).Concat(result.Text));
        Assert.DoesNotContain(FaultyCluster.Signature, said, StringComparison.Ordinal);
        return result;
    }
}
