using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>
/// .NET takes certificates of the user's own stores for issuers, and prefers them to what a server sends. Whom we take for our
/// server does not depend on them: the table of <see cref="TrustTests"/> holds where each of its names is in these stores, too,
/// with another key. In processes whose HOME is a folder of the test's, so that nobody's own stores are touched.
/// </summary>
public sealed class UsersCertificatesTests : IDisposable
{
    private const string Servers = "KUBESA_TEST_TRUST_SERVERS";
    private const string Server = "KUBESA_TEST_SYSTEM_SERVER";

    private readonly string _home = Directory.CreateTempSubdirectory("kubesa-home-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Do_not_decide_whom_we_trust()
    {
        SkipWhereStoresAreNoFiles();
        foreach (var store in (string[])["ca", "my", "root"])
        {
            Put(store, "root", "middle", "mine", "theirs", "kubernetes");
        }

        // The servers run here, for in a process with these stores the framework's server would send what is in them.
        var servers = TrustTests.Names.Select(name => (Name: (string)name.Data, Served: TrustTests.Serve(name.Data))).ToList();
        var list = Path.Combine(_home, "servers");
        File.WriteAllLines(list, servers.Select(row => $"{row.Name}\t{row.Served.Server.Port}\t{Convert.ToBase64String(Encoding.UTF8.GetBytes(row.Served.Bundle))}"));
        await RunAsync(nameof(Are_judged_by_the_table), new() { [Servers] = list });
        foreach (var (_, (server, _)) in servers)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Runs in the process that the test above starts.</summary>
    [Fact(Explicit = true)]
    public async Task Are_judged_by_the_table()
    {
        var wrong = new List<string>();
        foreach (var row in File.ReadAllLines(Environment.GetEnvironmentVariable(Servers)!).Select(line => line.Split('\t')))
        {
            using var table = new TrustTests();
            var (port, bundle) = (int.Parse(row[1], CultureInfo.InvariantCulture), Encoding.UTF8.GetString(Convert.FromBase64String(row[2])));
            wrong.AddRange(Told(await Record.ExceptionAsync(() => table.CallAsync(row[0], port, bundle)), $"{row[0]}, a call"));
            wrong.AddRange(Told(await Record.ExceptionAsync(() => table.CheckAsync(row[0], port, bundle)), $"{row[0]}, a check"));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        static IEnumerable<string> Told(Exception? failure, string what) => failure is null ? [] : [$"{what}: {failure.Message}"];
    }

    [Theory]
    [InlineData("ca", "middle")]
    [InlineData("ca", "root")]
    [InlineData("my", "middle")]
    [InlineData("root", "root")]
    public async Task Do_not_keep_us_from_a_server_that_the_system_trusts(string store, string name)
    {
        SkipWhereStoresAreNoFiles();
        using var root = new TestAuthority("root");
        using var middle = new TestAuthority("middle", root);
        var leaf = middle.IssueServer();
        await using var server = WireServer.Tls(() => leaf, _ => WireReply.Account("default", "x"));
        server.Between.Add(middle.Certificate);
        Put(store, name);
        var trusted = Path.Combine(_home, "system.pem");
        File.WriteAllText(trusted, root.Pem);
        await RunAsync(nameof(Is_trusted_by_the_system), new() { [Server] = server.Url, ["SSL_CERT_FILE"] = trusted, ["SSL_CERT_DIR"] = Path.Combine(_home, "none") });
        Assert.NotEmpty(server.Requests);
    }

    /// <summary>Runs in the process that the test above starts.</summary>
    [Fact(Explicit = true)]
    public async Task Is_trusted_by_the_system()
    {
        var options = new ConnectionOptions { Server = Environment.GetEnvironmentVariable(Server), Token = new NetworkCredential(string.Empty, "t").SecurePassword };
        using var api = new KubeGateway().Connect(options);
        Assert.Equal("x", (await api.GetServiceAccountAsync("default", "x", CallContext.None with { Stop = TestContext.Current.CancellationToken })).Name);
    }

    private static void SkipWhereStoresAreNoFiles() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The user's certificate stores are folders on Linux alone; elsewhere a test would have to change the real ones.");

    // As .NET writes them: https://learn.microsoft.com/dotnet/standard/security/cross-platform-cryptography#x509store
    private void Put(string store, params ReadOnlySpan<string> names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home, ".dotnet", "corefx", "cryptography", "x509stores", store)).FullName;
        foreach (var name in names)
        {
            using var authority = new TestAuthority(name);
            File.WriteAllBytes(Path.Combine(folder, $"{authority.Certificate.Thumbprint}.pfx"), authority.Certificate.Export(X509ContentType.Pfx));
        }
    }

    private async Task RunAsync(string method, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "KubeSa.Tests"), ["-method", $"{typeof(UsersCertificatesTests).FullName}.{method}", "-explicit", "on", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        await using var killed = stop.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.Contains("Total: 1,", await output, StringComparison.Ordinal);
    }
}
