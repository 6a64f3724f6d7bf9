using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.RunAs;

/// <summary>
/// The credentials of an account for the time of a block: a Secret that holds nothing, tokens that are bound to it, and a
/// private kubeconfig with the token, which is renewed while the block runs. The end deletes the Secret, by which the server
/// refuses the tokens, and all that is on this machine.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source holds no handle, and the end takes care of the rest.")]
internal sealed class AccountSession
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly IKubeApi _caller;
    private readonly RunAsSpec _spec;
    private readonly Func<TimeSpan, CancellationToken, Task> _delay;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lazy<Task> _end;
    private RunFolder? _folder;
    private Task? _start;
    private Task? _renewal;
    private Task<SecretDocument>? _secret;
    private TimeSpan _lifetime;

    /// <param name="caller">The caller's connection.</param>
    /// <param name="spec">As whom, and how.</param>
    /// <param name="delay">Waits; Task.Delay where it is left out.</param>
    internal AccountSession(IKubeApi caller, RunAsSpec spec, Func<TimeSpan, CancellationToken, Task>? delay = null)
    {
        _caller = caller;
        _spec = spec;
        _delay = delay ?? Task.Delay;
        _end = new Lazy<Task>(CloseAsync);
    }

    /// <summary>The kubeconfig of the block.</summary>
    internal string KubeConfig => _folder!.KubeConfig;

    /// <summary>Where kubectl may keep what it has read.</summary>
    internal string Cache => _folder!.Cache;

    /// <summary>The tokens for others, by whom they are for; renewed like the one in the kubeconfig.</summary>
    internal ConcurrentDictionary<string, SecureString> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the last renewal failed; null where it did not.</summary>
    internal string? RenewalProblem { get; private set; }

    /// <summary>The Secret as <c>namespace/name</c>, as soon as it is there.</summary>
    internal string? Secret => _secret is { IsCompletedSuccessfully: true } made ? made.Result.ToString() : null;

    /// <summary>How many processes of the block were still running at its end, and were ended.</summary>
    internal int EndedProcesses { get; private set; }

    /// <summary>Gets the credentials. Called once.</summary>
    internal Task StartAsync(CallContext call)
    {
        LiveSessions.Add(this);
        return _start = OpenAsync(call);
    }

    /// <summary>
    /// Ends it, whatever it has come to: once, however often and from whichever thread it is asked for. Fails where the Secret
    /// could not be deleted.
    /// </summary>
    internal Task EndAsync() => _end.Value;

    private async Task OpenAsync(CallContext call)
    {
        _folder = RunFolder.Create();
        if (_spec.Impersonates)
        {
            WriteKubeConfig(null);
            return;
        }

        var left = RemoveLeftAsync(call);

        // Goes on when the pipeline is stopped: a Secret that is made in that moment must not be lost.
        _secret = _caller.CreateBindingSecretAsync(SecretName(), _spec.Account, Annotations(), call with { Stop = CancellationToken.None });
        var secret = await _secret.WaitAsync(call.Stop).ConfigureAwait(false);
        _folder.Remember(_caller.Info.Server, secret);
        await IssueAsync(secret, call).ConfigureAwait(false);
        await left.ConfigureAwait(false);
        _renewal = Task.Run(() => RenewAsync(secret, call with { Notify = _ => { }, Stop = _ending.Token }), CancellationToken.None);
    }

    private async Task IssueAsync(SecretDocument secret, CallContext call)
    {
        var token = await _caller.CreateTokenAsync(Token(secret, []), call).ConfigureAwait(false);
        foreach (var audience in _spec.Audiences)
        {
            Tokens[audience] = (await _caller.CreateTokenAsync(Token(secret, [audience]), call with { Notify = _ => { } }).ConfigureAwait(false)).Token;
        }

        PrivateFile.Write(_folder!.TokenFile, SecureStrings.Read(token.Token), replace: true);
        WriteKubeConfig(token.Token);

        // By the server's clock, which need not be that of this machine.
        _lifetime = token.Info is { IssuedAt: { } from, ExpiresAt: { } until } ? until - from : _spec.Duration;
    }

    private TokenSpec Token(SecretDocument secret, IReadOnlyList<string> audiences) => new(_spec.Account.Namespace, _spec.Account.Name)
    {
        Duration = _spec.Duration,
        Audiences = audiences,
        BoundKind = TokenBindingKind.Secret,
        BoundName = secret.Name,
    };

    private void WriteKubeConfig(SecureString? token) => PrivateFile.Write(
        _folder!.KubeConfig,
        _caller.ComposeKubeConfig(
            new KubeConfigSpec(_spec.Account.Namespace, _spec.Account.Name)
            {
                Token = token,
                TokenFile = _folder.TokenFile,
                Impersonate = _spec.Impersonates,

                // Without them the cluster is out of reach, and the file is ours alone.
                IncludeProxyCredential = true,
            },
            _ => { }),
        replace: true);

    private async Task RenewAsync(SecretDocument secret, CallContext call)
    {
        // At half of its life, so that what has read it just before still has the other half.
        var wait = _lifetime / 2;
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await _delay(Between(ShortestWait, wait, LongestWait), _ending.Token).ConfigureAwait(false);
                await IssueAsync(secret, call).ConfigureAwait(false);
                (RenewalProblem, wait) = (null, _lifetime / 2);
            }
            catch (KubeApiException failure)
            {
                (RenewalProblem, wait) = (failure.Message, Between(ShortestWait, _lifetime / 20, LongestRetry));
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await Quietly(_start).ConfigureAwait(false);
            var revoked = RevokeAsync();
            await Quietly(_renewal).ConfigureAwait(false);
            if (_folder is { } folder)
            {
                EndedProcesses = ClientLoadContext.Gateway.EndProcesses("KUBECONFIG", folder.KubeConfig);
                folder.Delete();
            }

            await revoked.ConfigureAwait(false);
        }
        finally
        {
            foreach (var token in Tokens.Values)
            {
                token.Dispose();
            }

            LiveSessions.Remove(this);
        }
    }

    private async Task RevokeAsync()
    {
        await Quietly(_secret).ConfigureAwait(false);
        if (_secret is not { IsCompletedSuccessfully: true } made)
        {
            return;
        }

        try
        {
            await _caller.DeleteSecretAsync(await made.ConfigureAwait(false), CallContext.None).ConfigureAwait(false);
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.SecretNotFound or FailureKind.Conflict or FailureKind.NamespaceNotFound)
        {
            // It went with its account or its namespace, or somebody else has deleted it: what is bound to it is refused.
        }
    }

    /// <summary>Deletes the Secrets of blocks of this user whose process was killed. What cannot be deleted ends by its time.</summary>
    private async Task RemoveLeftAsync(CallContext call)
    {
        foreach (var left in RunFolder.TakeLeft(_caller.Info.Server))
        {
            try
            {
                var secret = await _caller.GetSecretAsync(left.Namespace, left.Name, call).ConfigureAwait(false);
                if (secret.Uid == left.Uid && secret.Type == SecretDocument.BindingType)
                {
                    await _caller.DeleteSecretAsync(secret, call).ConfigureAwait(false);
                    call.Notify(new VerboseNotice($"Deleted Secret {secret}, which a block has left whose process was killed."));
                }
            }
            catch (KubeApiException failure)
            {
                call.Notify(new VerboseNotice($"Secret {left.Namespace}/{left.Name}, which a block has left whose process was killed, was not deleted: {failure.Message}"));
            }
        }
    }

    // Waits for what has failed without a word: whoever began it has been told.
    private static Task Quietly(Task? task) =>
        task?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default) ?? Task.CompletedTask;

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;

    private static string SecretName() => $"kubesa-run-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    private Dictionary<string, string> Annotations() => new()
    {
        ["kubesa/purpose"] = "Tokens for a block of Invoke-KubeServiceAccountCommand are bound to this Secret. It is deleted when the block ends.",
        ["kubesa/made-by"] = string.Create(CultureInfo.InvariantCulture, $"{Environment.UserName} on {Environment.MachineName}, process {Environment.ProcessId}"),
        ["kubesa/token-lifetime"] = string.Create(CultureInfo.InvariantCulture, $"{_spec.Duration.TotalSeconds:0}s"),
    };
}
