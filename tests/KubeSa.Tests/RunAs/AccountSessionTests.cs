using System.Threading.Channels;
using KubeSa.Api;
using KubeSa.Loading;
using KubeSa.RunAs;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.RunAs;

/// <summary>The credentials of a block: renewed while it runs, and gone after it, whatever it came to.</summary>
public sealed class AccountSessionTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly IKubeApi _admin = ClientLoadContext.Gateway.Connect(new ConnectionOptions { Source = ConnectionSource.KubeConfig, KubeConfig = sandbox.Server.KubeConfig });
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();
    private readonly Channel<bool> _wake = Channel.CreateUnbounded<bool>();
    private readonly CallContext _call = new(_ => { }, TestContext.Current.CancellationToken);

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task A_token_is_renewed_at_half_of_its_life_in_both_files_and_for_all_audiences()
    {
        var session = await StartAsync();
        var (config, token) = (await File.ReadAllTextAsync(session.KubeConfig, _call.Stop), await TokenAsync(session));
        var other = Read(session, "vault");
        Assert.Contains(token, config, StringComparison.Ordinal);

        Assert.Equal(TimeSpan.FromMinutes(5), await NextWaitAsync());
        await WakeAsync();
        Assert.Equal(TimeSpan.FromMinutes(5), await NextWaitAsync());
        var renewed = await TokenAsync(session);
        Assert.NotEqual(token, renewed);
        Assert.NotEqual(other, Read(session, "vault"));
        Assert.Contains(renewed, await File.ReadAllTextAsync(session.KubeConfig, _call.Stop), StringComparison.Ordinal);
        Assert.Null(session.RenewalProblem);

        // What has read the first one just before still works with it.
        Assert.True((await _admin.ReviewTokenAsync(token, [], _call)).Authenticated);
        await session.EndAsync();
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_soon_and_told_of_at_the_end()
    {
        var session = await StartAsync();
        await NextWaitAsync();
        var secret = await SecretOfAsync(session);
        await _admin.DeleteSecretAsync(secret!, _call);
        await WakeAsync();
        Assert.Equal(TimeSpan.FromSeconds(30), await NextWaitAsync());
        Assert.Contains(secret!.Name!, session.RenewalProblem, StringComparison.Ordinal);

        // Somebody else has deleted the Secret: what was to be done is done.
        await session.EndAsync();
    }

    [Fact]
    public async Task The_end_takes_everything_away_and_comes_once()
    {
        var session = await StartAsync();
        var folder = Path.GetDirectoryName(session.KubeConfig)!;
        await Task.WhenAll(session.EndAsync(), Task.Run(session.EndAsync, _call.Stop));
        Assert.False(Directory.Exists(folder));
        Assert.Null(await SecretOfAsync(session));
        Assert.Throws<ObjectDisposedException>(() => session.Tokens["vault"].Length);
    }

    [Fact]
    public async Task A_start_that_was_stopped_in_the_middle_leaves_nothing()
    {
        using var stopped = new CancellationTokenSource();
        var session = Session();
        var starting = session.StartAsync(_call with { Stop = stopped.Token });
        await stopped.CancelAsync();
        await session.EndAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.False(File.Exists(session.KubeConfig));
        Assert.Null(await SecretOfAsync(session));
    }

    [Fact]
    public async Task The_secret_says_whose_it_is_and_goes_with_the_account()
    {
        var session = await StartAsync();
        var secret = await SecretOfAsync(session);
        Assert.Equal(SecretDocument.BindingType, secret!.Type);
        Assert.Equal("KubeSa", secret.Labels["app.kubernetes.io/managed-by"]);
        Assert.Equal("reader", secret.Annotations[SecretDocument.AccountAnnotation]);
        Assert.Contains(Environment.MachineName, secret.Annotations["kubesa/made-by"], StringComparison.Ordinal);
        Assert.Empty(secret.Data);
        await session.EndAsync();
    }

    [Fact]
    public async Task What_a_killed_process_left_is_deleted_if_it_is_ours()
    {
        var account = await _admin.GetServiceAccountAsync("team-a", "reader", _call);
        var left = await _admin.CreateBindingSecretAsync("kubesa-run-left", account, new Dictionary<string, string>(), _call);
        var other = await _admin.GetSecretAsync("team-a", "registry-login", _call);
        var folders = new[] { Leave(left), Leave(other), Leave(left, server: "https://another.example") };

        var session = await StartAsync();
        await session.EndAsync();
        await Assert.ThrowsAsync<KubeApiException>(() => _admin.GetSecretAsync("team-a", "kubesa-run-left", _call));
        Assert.Equal(other.Uid, (await _admin.GetSecretAsync("team-a", "registry-login", _call)).Uid);
        Assert.Equal([false, false, true], folders.Select(Directory.Exists));
        Assert.Equal(["lock", "secret.json"], Directory.EnumerateFiles(folders[2]).Select(Path.GetFileName).Order());
        Directory.Delete(folders[2], recursive: true);
    }

    // As a process leaves it that was killed: with nobody who holds the lock.
    private string Leave(SecretDocument secret, string? server = null)
    {
        var folder = RunFolder.Create();
        folder.Remember(server ?? _admin.Info.Server, secret);
        File.WriteAllText(folder.KubeConfig, "a token");
        File.WriteAllText(folder.TokenFile, "a token");
        folder.LetGo();
        return Path.GetDirectoryName(folder.KubeConfig)!;
    }

    private async Task<AccountSession> StartAsync()
    {
        var session = Session();
        await session.StartAsync(_call);
        return session;
    }

    private AccountSession Session() => new(
        _admin,
        new RunAsSpec(new ServiceAccount { Namespace = "team-a", Name = "reader" }) { Duration = TokenSpec.Shortest, Audiences = ["vault"] },
        async (wait, stop) =>
        {
            await _waits.Writer.WriteAsync(wait, stop);
            await _wake.Reader.ReadAsync(stop);
        });

    private async Task<TimeSpan> NextWaitAsync() => await _waits.Reader.ReadAsync(_call.Stop);

    private async Task WakeAsync() => await _wake.Writer.WriteAsync(true, _call.Stop);

    private Task<string> TokenAsync(AccountSession session) => File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(session.KubeConfig)!, "token"), _call.Stop);

    private static string Read(AccountSession session, string audience) => SecureStrings.Read(session.Tokens[audience]);

    private async Task<SecretDocument?> SecretOfAsync(AccountSession session)
    {
        try
        {
            return session.Secret is { } name ? await _admin.GetSecretAsync("team-a", name.Split('/')[1], _call) : null;
        }
        catch (KubeApiException failure) when (failure.Kind == FailureKind.SecretNotFound)
        {
            return null;
        }
    }
}
