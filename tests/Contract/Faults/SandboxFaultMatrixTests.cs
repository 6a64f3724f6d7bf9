using KubeSa.Sandbox.Faults;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Faults;

/// <summary>
/// What each fault of the sandbox comes to: the error id of a read, a list of three pages, a write that creates and one
/// that changes, and the cause that Test-KubeInClusterAccess finds. A line of the table is a case; "ok" is no error at
/// all. A fault with an x happens so many times, and a careful client outlives it where it can.
/// </summary>
public sealed class SandboxFaultMatrixTests(FaultedSandbox sandbox) : IClassFixture<FaultedSandbox>
{
    private const string Ok = "ok";
    private const int Short = 3;
    private const int Long = 60;
    private static int _names;

    public static TheoryData<string, int, string, string, string, string, string> Table => new()
    {
        // fault                 timeout  read                 list                 create               change               in the cluster
        { "refuse",               Short, "ConnectionRefused", "ConnectionRefused", "ConnectionRefused", "ConnectionRefused", "ConnectionRefused" },
        { "stall",                Short, "TimedOut",          "TimedOut",          "TimedOut",          "TimedOut",          "ConnectionTimedOut" },
        { "stall-body",           Short, "TimedOut",          "TimedOut",          "TimedOut",          "TimedOut",          "ConnectionTimedOut" },
        { "reset-body",           Long,  "ConnectionReset",   "ConnectionReset",   "ConnectionReset",   "ConnectionReset",   "ConnectionReset" },
        { "reset-body x1",        Long,  Ok,                  Ok,                  "ConnectionReset",   Ok,                  "ConnectionReset" },
        { "truncated-json",       Long,  "ProtocolError",     "ProtocolError",     "ProtocolError",     "ProtocolError",     "NotKubernetes" },
        { "html",                 Long,  "ProtocolError",     "ProtocolError",     "ProtocolError",     "ProtocolError",     "NotKubernetes" },
        { "bad-gateway",          Long,  "ServerError",       "ServerError",       "ServerError",       "ServerError",       "ServerUnavailable" },
        { "rejected-token",       Long,  "Unauthorized",      "Unauthorized",      "Unauthorized",      "Unauthorized",      "TokenRejected" },
        { "forbidden",            Long,  "Forbidden",         "Forbidden",         "Forbidden",         "Forbidden",         "Forbidden" },
        { "conflict",             Long,  Ok,                  Ok,                  Ok,                  "Conflict",          "None" },
        { "expired-list",         Long,  Ok,                  Ok,                  Ok,                  Ok,                  "None" },
        { "too-many-requests",    Short, "TooManyRequests",   "TooManyRequests",   "TooManyRequests",   "TooManyRequests",   "Throttled" },
        { "too-many-requests x2", Long,  Ok,                  Ok,                  Ok,                  Ok,                  "Throttled" },
        { "unavailable",          Short, "ServerError",       "ServerError",       "ServerError",       "ServerError",       "ServerUnavailable" },
        { "unavailable x2",       Long,  Ok,                  Ok,                  "ServerError",       Ok,                  "ServerUnavailable" },
        { "wrong-name",           Long,  "TlsNameMismatch",   "TlsNameMismatch",   "TlsNameMismatch",   "TlsNameMismatch",   "TlsNameMismatch" },
        { "unknown-authority",    Long,  "TlsUntrusted",      "TlsUntrusted",      "TlsUntrusted",      "TlsUntrusted",      "TlsUntrusted" },
        { "expired-certificate",  Long,  "TlsExpired",        "TlsExpired",        "TlsExpired",        "TlsExpired",        "TlsExpired" },
        { "rotated-authority",    Long,  Ok,                  Ok,                  Ok,                  Ok,                  "None" },
        { "slow-pages",           Long,  Ok,                  Ok,                  Ok,                  Ok,                  "None" },
        { "store-down",           Long,  "ConnectionReset",   "ConnectionReset",   "ServerError",       "ConnectionReset",   "ServerUnavailable" },
        { "former-issuer",        Long,  Ok,                  Ok,                  Ok,                  Ok,                  "None" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Comes_to_the_right_error_in_bounded_time(
        string text, int seconds, string read, string list, string create, string change, string cause)
    {
        var fault = FaultedSandbox.Parse(text);
        using var session = new FaultSession(sandbox, seconds);
        var name = $"made-{Interlocked.Increment(ref _names)}";

        Ends(session.Run(fault, "Get-KubeServiceAccount builder -Namespace team-a -Verbose -Debug"), read, count: 1);
        Ends(session.Run(fault, $"Get-KubeServiceAccount -Namespace {FaultedSandbox.Bulk} -Verbose -Debug"), list, FaultedSandbox.Accounts);
        Ends(session.Run(fault, $"New-KubeServiceAccount {name} -Namespace team-a -Verbose -Debug"), create, count: 1);
        Ends(session.Run(fault, $"Set-KubeServiceAccount web -Namespace team-a -Label @{{ n = '{name}' }} -PassThru -Verbose -Debug"), change, count: 1);

        // The check asks for the version meanwhile; what happens once must happen to the request.
        var befallsTheRequest = fault.Times is null ? fault : fault with { Path = "/pods" };
        var report = session.Run(befallsTheRequest, $"Test-KubeInClusterAccess -MountPath '{sandbox.Server.MountPath}' -TimeoutSeconds {seconds} -Verbose").RequireNoErrors();
        Assert.Equal(cause, Assert.Single(report.Output).Properties["Cause"].Value.ToString());
    }

    [Theory]
    [InlineData("stall", Short, "TimedOut")]
    [InlineData("stall-body", Short, "TimedOut")]
    [InlineData("reset-body", Long, "ConnectionReset")]
    [InlineData("truncated-json", Long, "ProtocolError")]
    [InlineData("html", Long, "ProtocolError")]
    [InlineData("rejected-token", Long, "Unauthorized")]
    [InlineData("forbidden", Long, "Forbidden")]
    [InlineData("unavailable", Short, "ServerError")]
    [InlineData("reset-body x1", Long, Ok)]
    [InlineData("too-many-requests x1", Long, Ok)]
    [InlineData("unavailable x2", Long, Ok)]
    public void A_list_that_breaks_off_behind_its_first_page_says_so_or_goes_on(string text, int seconds, string id)
    {
        using var session = new FaultSession(sandbox, seconds);
        var result = session.Run(FaultedSandbox.Parse(text) with { After = 1, Verb = "list" }, $"Get-KubeServiceAccount -Namespace {FaultedSandbox.Bulk}");
        Ends(result, id, FaultedSandbox.Accounts, atMost: 500);
        Assert.Equal(result.Text.Distinct().Count(), result.Output.Count);
    }

    [Fact]
    public void A_token_that_is_refused_is_read_again_and_serves_as_soon_as_the_file_holds_another()
    {
        var folder = Directory.CreateTempSubdirectory("kubesa-token-");
        try
        {
            var file = Path.Combine(folder.FullName, "token");
            var refused = File.ReadAllText(sandbox.TokenFile).Trim();
            File.WriteAllText(file, refused);
            using var session = new FaultSession(sandbox, Long, file);
            var fault = new Fault(FaultNames.RejectedToken) { Token = refused };
            session.Run(fault, "Get-KubeIdentity").RequireError("Unauthorized");

            var issued = session.Run(new Fault(FaultNames.SlowPages), "New-KubeServiceAccountToken pod-watcher -Namespace team-a").RequireNoErrors();
            File.WriteAllText(file, new System.Net.NetworkCredential("", (System.Security.SecureString)issued.Output[0].Properties["Token"].Value).Password);
            session.Run(fault, "Get-KubeIdentity").RequireNoErrors();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_fault_of_the_sandbox_has_its_line() =>
        Assert.Equal(FaultNames.All.Order(), Table.Select(row => row.Data.Item1.Split(" x")[0]).Distinct().Order());

    private static void Ends(EngineResult result, string id, int count, int atMost = 0)
    {
        if (id == Ok)
        {
            Assert.Equal(count, result.RequireNoErrors().Output.Count);
        }
        else
        {
            result.RequireError(id);
            Assert.Equal(atMost, result.Output.Count);
        }
    }
}
