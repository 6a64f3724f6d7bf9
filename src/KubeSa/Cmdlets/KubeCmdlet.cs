using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Connections;
using KubeSa.Secrecy;

namespace KubeSa.Cmdlets;

/// <summary>
/// The only bridge between PowerShell's one thread and asynchronous calls: it stops them on Ctrl+C, writes what they
/// have to say to the streams and turns their failures into error records.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source holds no handle, and a call that the user abandoned may still look at it.")]
public abstract class KubeCmdlet : PSCmdlet
{
    private const string FileSystem = "FileSystem";

    private readonly CancellationTokenSource _stop = new();
    private readonly NoticeQueue _notices = new();
    private Exception? _thrownByOthers;
    private bool _isRefused;

    private protected KubeCmdlet() => Call = new CallContext(_notices.Add, _stop.Token);

    /// <summary>What calls get from this cmdlet: its stop token and its streams.</summary>
    private protected CallContext Call { get; private set; }

    /// <summary>Begins, on other threads, what the first call will wait for. By itself nothing.</summary>
    private protected virtual void WarmUp()
    {
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        WarmUp();
        ViewProperties.Remember(Host);
        RunspaceLocation.Remember(SessionState.Path);
        Call = Call with { WorkingDirectory = RunspaceLocation.Here, ShowsRequests = IsVerbose };
        Guard(Prepare);
        if (!_isRefused)
        {
            Guard(Begin);
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!_isRefused)
        {
            Guard(Process);
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (!_isRefused)
        {
            Guard(End);
        }
    }

    /// <summary>What a family of cmdlets does once, before each of them begins; it may refuse the command.</summary>
    private protected virtual void Prepare()
    {
    }

    /// <summary>What is done once, before the first input.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>What is done for each input.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>What is done once, after the last input.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>
    /// Runs a call on the thread pool, whatever SynchronizationContext the host has, and waits for it. A stopped
    /// pipeline leaves at once, even where the call does not obey its token.
    /// </summary>
    private protected T Await<T>(Func<CallContext, Task<T>> call)
    {
        var task = Task.Run(() => call(Call), Call.Stop);
        try
        {
            _notices.PumpUntil(task, Tell, Call.Stop);
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (Call.Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Opens a connection away from the pipeline's thread: its files may be large, or pipes that keep one waiting.</summary>
    private protected Connection OpenConnection(Func<Connection> open) => Await(_ => Task.FromResult(open()));

    /// <summary>
    /// Does what must be done even after Ctrl+C. It is waited for only so long, and then goes on by itself. Null where all
    /// went well, else what did not.
    /// </summary>
    private protected string? Finish(Func<CallContext, Task> work, TimeSpan patience)
    {
        try
        {
            Task.Run(() => work(Call with { Stop = CancellationToken.None })).WaitAsync(patience).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception failure) when (failure is KubeApiException or TimeoutException or OperationCanceledException)
        {
            return failure.Message;
        }
    }

    /// <summary>Hands out a list's items as its pages arrive.</summary>
    private protected IEnumerable<T> AwaitEach<T>(Func<CallContext, IAsyncEnumerable<Page<T>>> list)
    {
        var progress = ShowsProgress ? new ListProgress(MyInvocation.MyCommand.Name, Tell) : null;
        try
        {
            foreach (var page in AwaitParts(list))
            {
                progress?.Take(page.Items.Count, page.Remaining);
                foreach (var item in page.Items)
                {
                    yield return item;
                }

                foreach (var failure in page.Failures)
                {
                    WriteFailure(failure);
                }
            }
        }
        finally
        {
            if (!Call.Stop.IsCancellationRequested)
            {
                progress?.End();
            }
        }
    }

    /// <summary>
    /// Hands out what comes in parts as they arrive. When the consumer wants no more (Select-Object -First), the
    /// fetching stops.
    /// </summary>
    private protected IEnumerable<T> AwaitParts<T>(Func<CallContext, IAsyncEnumerable<T>> source)
    {
        var leave = CancellationTokenSource.CreateLinkedTokenSource(Call.Stop);
        var parts = source(Call with { Stop = leave.Token }).GetAsyncEnumerator(leave.Token);
        try
        {
            while (Await(_ => parts.MoveNextAsync().AsTask()))
            {
                yield return parts.Current;
            }
        }
        finally
        {
            leave.Cancel();

            // After Ctrl+C a part may still be on its way, and an enumerator must not be disposed under it; the
            // cancelled token ends it all the same.
            if (!Call.Stop.IsCancellationRequested)
            {
                Await(async _ =>
                {
                    await parts.DisposeAsync().ConfigureAwait(false);
                    return true;
                });
            }
        }
    }

    /// <summary>
    /// Hands out what is read from a text, which is done away from the pipeline's thread so that a stopped pipeline need not
    /// wait for it. By handfuls, for a thread's switch takes longer than most documents.
    /// </summary>
    private protected IEnumerable<T> ReadEach<T>(Func<CancellationToken, IEnumerable<T>> read)
    {
        const int Handful = 32;
        var items = read(Call.Stop).GetEnumerator();
        List<T> next;
        do
        {
            next = Await(_ =>
            {
                var some = new List<T>();
                while (some.Count < Handful && items.MoveNext())
                {
                    some.Add(items.Current);
                }

                return Task.FromResult(some);
            });
            foreach (var item in next)
            {
                yield return item;
            }
        }
        while (next.Count == Handful);
    }

    private bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out var typed)
        ? typed is SwitchParameter { IsPresent: true }
        : !IsHidden("VerbosePreference", byDefault: true);

    // A hidden bar costs nothing: it is not even made.
    private bool ShowsProgress => !IsHidden("ProgressPreference", byDefault: false);

    private bool IsHidden(string variable, bool byDefault) =>
        LanguagePrimitives.TryConvertTo<ActionPreference>(SessionState.PSVariable.GetValue(variable), out var preference)
            ? preference is ActionPreference.SilentlyContinue or ActionPreference.Ignore
            : byDefault;

    /// <summary>
    /// Does one thing; where it fails, writes one error record, so that the caller can go on with the next. The last
    /// resort, too: an exception that nobody expected is a record as well and does not end the pipeline.
    /// </summary>
    private protected void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (KubeApiException failure)
        {
            WriteFailure(failure);
        }
        catch (Exception failure) when (!PowerShellExceptions.MustPass(failure) && !ReferenceEquals(failure, _thrownByOthers))
        {
            // What breaks under Ctrl+C is of no interest any more.
            WriteFailure(Call.Stop.IsCancellationRequested
                ? throw new PipelineStoppedException()
                : KubeApiException.Unexpected(failure, MyInvocation.MyCommand.Name));
        }
    }

    /// <summary>Writes a failure as an error record whose id, category and target scripts may rely on.</summary>
    private protected void WriteFailure(KubeApiException failure)
    {
        if (failure.Details is { } details)
        {
            WriteDebug(details);
        }

        WriteError(FailureRecords.From(Complete(failure), MyInvocation.MyCommand.Name));
    }

    /// <summary>Adds what only the cmdlet knows to a failure before it is written.</summary>
    private protected virtual KubeApiException Complete(KubeApiException failure) => failure;

    /// <summary>For a command that is wrong as it was typed: one error record, and no input is processed.</summary>
    private protected void Refuse(KubeApiException failure)
    {
        _isRefused = true;
        WriteFailure(failure);
    }

    /// <summary>Writes to the pipeline, and remembers what the commands behind this one throw: that is not ours to catch.</summary>
    private protected new void WriteObject(object? sendToPipeline) => WriteObject(sendToPipeline, enumerateCollection: false);

    /// <inheritdoc cref="WriteObject(object)"/>
    private protected new void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        try
        {
            base.WriteObject(sendToPipeline, enumerateCollection);
        }
        catch (Exception failure)
        {
            _thrownByOthers = failure;
            throw;
        }
    }

    /// <summary>Runs what is the user's own. What that throws is not ours to catch.</summary>
    private protected void RunForUser(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            _thrownByOthers = failure;
            throw;
        }
    }

    /// <summary>
    /// A path as the user means it: relative to PowerShell's location, which is not the process's. InvalidRequest where it is one
    /// of another provider (env:, variable:), whose name would else be taken for that of a file.
    /// </summary>
    private protected string ResolvePath(string path)
    {
        try
        {
            var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            RequireFileSystem(path, provider);
            return full;
        }
        catch (Exception failure) when (failure is ItemNotFoundException or SessionStateException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, NoFile(path), path);
        }
    }

    /// <summary>
    /// The files that -Path stands for, with wildcards as Get-Content has them; an error record for a path and for a pattern
    /// that no file matches.
    /// </summary>
    private protected IEnumerable<string> ResolveFiles(string path)
    {
        ICollection<string> files = [];
        try
        {
            files = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            RequireFileSystem(path, provider);
        }
        catch (Exception failure) when (failure is ItemNotFoundException or SessionStateException)
        {
            // Below, with a word of ours.
        }

        if (files.Count == 0)
        {
            WriteFailure(new KubeApiException(FailureKind.FileNotFound, NoFile(path), path));
        }

        return files;
    }

    private static string NoFile(string path) => WildcardPattern.ContainsWildcardCharacters(path)
        ? $"No file matches '{path}'. -Path takes *, ? and [ ] for wildcards; -LiteralPath takes a name that contains them."
        : $"There is no file '{path}'.";

    /// <summary>
    /// The files that -Path (with wildcards) or -LiteralPath (as it stands) names: one place for all cmdlets that read files.
    /// </summary>
    private protected IEnumerable<string> FilesOf(string[] path, string[] literalPath) =>
        path.SelectMany(ResolveFiles).Concat(literalPath.Select(ResolvePath));

    /// <summary>The file that came from the pipeline, as Get-ChildItem and Get-Item write it; null for all else.</summary>
    private protected string? PipedFile(object? input)
    {
        // Get-Content, too, tells where each of its lines comes from.
        if (input is not PSObject { BaseObject: not string } item)
        {
            return (input as FileSystemInfo)?.FullName;
        }

        return item.BaseObject is FileSystemInfo file ? file.FullName
            : item.Properties["PSPath"]?.Value is string path ? ResolvePath(path)
            : null;
    }

    private static void RequireFileSystem(string path, ProviderInfo provider)
    {
        if (provider.Name != FileSystem)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"'{path}' is not a path of a file: it belongs to PowerShell's {provider.Name} provider. Give the path of a file.", path);
        }
    }

    /// <summary>Reads a text file; a failure that names it where it cannot be read.</summary>
    private protected string ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' is a folder. Name the files in it, such as '{Path.Combine(path, "*")}'.", path);
        }

        try
        {
            return Await(call => TextFile.ReadAsync(path, TextFile.LongestDocuments, call.Stop));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' cannot be read: {failure.Message}", path);
        }
    }

    /// <summary>Warns after Ctrl+C, when PowerShell takes nothing for its streams any more: on the console alone.</summary>
    private protected void TellAfterStop(string warning)
    {
        try
        {
            Host.UI?.WriteWarningLine(Redactor.Clean(warning));
        }
        catch (Exception failure) when (failure is RuntimeException or NotImplementedException or InvalidOperationException or IOException)
        {
            // A host without a console has nobody to tell.
        }
    }

    /// <summary>Hides the base's: what a cmdlet says may hold what others wrote, and none can forget to look through it.</summary>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(Redactor.Clean(text));

    /// <summary>The same for warnings.</summary>
    private protected new void WriteWarning(string text) => base.WriteWarning(Redactor.Clean(text));

    /// <summary>The same for -Debug.</summary>
    private protected new void WriteDebug(string text) => base.WriteDebug(Redactor.Clean(text));

    /// <summary>Writes what a call on this thread has to say.</summary>
    private protected void Tell(Notice notice)
    {
        switch (notice)
        {
            case VerboseNotice verbose:
                WriteVerbose(verbose.Message);
                break;
            case WarningNotice warning:
                WriteWarning(warning.Message);
                break;
            case ProgressNotice progress:
                WriteProgress(new ProgressRecord(1, ControlCharacters.ShowOnOneLine(Redactor.Redact(progress.Activity)), ControlCharacters.ShowOnOneLine(Redactor.Redact(progress.Status)))
                {
                    PercentComplete = progress.Percent,
                    RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
                });
                break;
        }
    }
}
