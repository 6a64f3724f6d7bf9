using System.Globalization;
using KubeSa.Contract.Watches;
using KubeSa.Sandbox.Faults;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Faults;

/// <summary>
/// What each fault of the sandbox comes to for objects of any resource: the error id of a list, a patch and a watch that begins
/// under it, and a watch under way that it befalls three times and that must tell each change once all the same.
/// </summary>
public sealed class ResourceFaultMatrixTests(FaultedSandbox sandbox) : IClassFixture<FaultedSandbox>
{
    private const string Ok = "ok";
    private const int Short = 3;
    private const int Long = 60;
    private static int _values;

    public static TheoryData<string, int, string, string, string> Table => new()
    {
        // fault                 timeout  list                 patch                watch
        { "refuse",               Short, "ConnectionRefused", "ConnectionRefused", "ConnectionRefused" },
        { "stall",                Short, "TimedOut",          "TimedOut",          "TimedOut" },
        { "stall-body",           Short, "TimedOut",          "TimedOut",          "TimedOut" },
        { "reset-body",           Long,  "ConnectionReset",   "ConnectionReset",   "ConnectionReset" },
        { "reset-body x1",        Long,  Ok,                  Ok,                  Ok },
        { "truncated-json",       Long,  "ProtocolError",     "ProtocolError",     "ProtocolError" },
        { "html",                 Long,  "ProtocolError",     "ProtocolError",     "ProtocolError" },
        { "bad-gateway",          Long,  "ServerError",       "ServerError",       "ServerError" },
        { "rejected-token",       Long,  "Unauthorized",      "Unauthorized",      "Unauthorized" },
        { "forbidden",            Long,  "Forbidden",         "Forbidden",         "Forbidden" },
        { "conflict",             Long,  Ok,                  "Conflict",          Ok },
        { "expired-list",         Long,  Ok,                  Ok,                  Ok },
        { "too-many-requests",    Short, "TooManyRequests",   "TooManyRequests",   "TooManyRequests" },
        { "unavailable",          Short, "ServerError",       "ServerError",       "ServerError" },
        { "unavailable x2",       Long,  Ok,                  Ok,                  Ok },
        { "wrong-name",           Long,  "TlsNameMismatch",   "TlsNameMismatch",   "TlsNameMismatch" },
        { "unknown-authority",    Long,  "TlsUntrusted",      "TlsUntrusted",      "TlsUntrusted" },
        { "expired-certificate",  Long,  "TlsExpired",        "TlsExpired",        "TlsExpired" },
        { "rotated-authority",    Long,  Ok,                  Ok,                  Ok },
        { "slow-pages",           Long,  Ok,                  Ok,                  Ok },
        { "store-down",           Long,  "ConnectionReset",   "ConnectionReset",   "ConnectionReset" },
        { "former-issuer",        Long,  Ok,                  Ok,                  Ok },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Comes_to_the_right_error_in_bounded_time(string text, int seconds, string list, string patch, string watch)
    {
        var fault = FaultedSandbox.Parse(text);
        using var session = new FaultSession(sandbox, seconds);

        // What the server has is asked for once per connection.
        session.Run(new Fault(FaultNames.FormerIssuer), "Get-KubeResource sa/builder -Namespace team-a").RequireNoErrors();
        Ends(session.Run(fault, $"Get-KubeResource sa -Namespace {FaultedSandbox.Bulk} -Verbose -Debug"), list, FaultedSandbox.Accounts);
        Ends(session.Run(fault, $"Set-KubeResource sa/web -Namespace team-a -Patch @{{ metadata = @{{ labels = @{{ n = 'v{Interlocked.Increment(ref _values)}' }} }} }} -Verbose -Debug"), patch, 1);
        Ends(session.Run(fault, $"Watch-KubeResource sa -Namespace {FaultedSandbox.Bulk} -Count {FaultedSandbox.Accounts} -Verbose -Debug"), watch, FaultedSandbox.Accounts);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_watch_under_way_outlives_it_and_tells_each_change_once(string name)
    {
        var ca = Path.Combine(sandbox.Server.MountPath, "ca.crt");
        using var watch = new BackgroundWatch(
            $"Connect-KubeCluster -Server {sandbox.Server.Url} -TokenFile '{sandbox.TokenFile}' -CertificateAuthority '{ca}' -TimeoutSeconds 60",
            "sa/web -Namespace team-a");
        Assert.Equal("Added", (await watch.NextAsync()).Type);
        await watch.WatchingAsync();
        var versions = new List<string>();
        try
        {
            Change(versions);
            await watch.ExpectAsync(versions);

            // All connections break, and what comes back meets the fault. A stall is met once: the call waits for its whole time.
            sandbox.Server.Faults.Set(new Fault(FaultNames.Refuse));
            Change(versions);
            sandbox.Server.Faults.Set(name == FaultNames.Refuse || IsOfTheConnection(name) || name is FaultNames.Stall or FaultNames.StallBody
                ? new Fault(name) { Seconds = 1 }
                : new Fault(name) { Times = 3, RetryAfterSeconds = 0, Milliseconds = 50 });
            Change(versions);
            await watch.ExpectAsync(versions);
        }
        finally
        {
            sandbox.Server.Faults.Clear();
        }

        Change(versions);
        await watch.ExpectAsync(versions);
        Assert.Empty(watch.Errors);
    }

    public static TheoryData<string> Faults => [.. FaultNames.All.Where(name => name is not (FaultNames.Conflict or FaultNames.FormerIssuer or FaultNames.SlowPages))];

    [Fact]
    public void Every_fault_of_the_sandbox_has_its_line() =>
        Assert.Equal(FaultNames.All.Order(), Table.Select(row => row.Data.Item1.Split(" x")[0]).Distinct().Order());

    private static bool IsOfTheConnection(string name) =>
        name is FaultNames.WrongName or FaultNames.UnknownAuthority or FaultNames.ExpiredCertificate or FaultNames.RotatedAuthority;

    private void Change(List<string> versions)
    {
        var changed = sandbox.Server.Store.Update(sandbox.Server.State.Types.Get("", "serviceaccounts"), "team-a", "web", account =>
        {
            account["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["n"] = Interlocked.Increment(ref _values).ToString(CultureInfo.InvariantCulture) };
            return account;
        });
        versions.Add(changed.Revision.ToString(CultureInfo.InvariantCulture));
    }

    private static void Ends(EngineResult result, string id, int count)
    {
        if (id == Ok)
        {
            Assert.Equal(count, result.RequireNoErrors().Output.Count);
        }
        else
        {
            result.RequireError(id);
        }
    }
}
