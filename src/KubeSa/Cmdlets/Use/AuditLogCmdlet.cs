using System.Management.Automation;
using System.Text;
using KubeSa.Analysis.Snapshot;
using KubeSa.Analysis.Use;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that reads the API server's audit log: files, packed or not, and what is piped.</summary>
public abstract class AuditLogCmdlet : NamespaceQueryCmdlet
{
    private readonly LogProblems _pipedProblems = new();
    private UseAggregate? _aggregate;
    private AuditLogReader? _reader;
    private LogFeed? _piped;

    /// <summary>
    /// The files of the log, with wildcards, unpacked where gzip packed them: lines or lists of audit.k8s.io/v1 events, as the
    /// server writes them or as CloudWatch, Azure and collectors wrap them up. Of a control plane with several servers, the logs
    /// of all. The log may also be piped: files from Get-ChildItem, lines, or objects.
    /// </summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] AuditLog { get; set; } = [];

    /// <summary>The same, by their names as they stand: no character is a wildcard.</summary>
    [Parameter]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Only accounts of these namespaces, with wildcards; all of the log where this is left out.</summary>
    [Parameter(ParameterSetName = NamespaceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ns", "n")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [WithoutKind("namespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string[]? Namespace { get; set; }

    /// <summary>Only requests from then on: a time, or how long ago, such as 24h or 30d.</summary>
    [Parameter]
    [Since]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public DateTimeOffset? Since { get; set; }

    /// <summary>A snapshot of the cluster's roles and bindings, as Export-KubeAccessSnapshot writes it, instead of asking the server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Snapshot { get; set; }

    /// <summary>Whether a file may also be a saved aggregate.</summary>
    private protected virtual bool TakesAggregates => false;

    /// <summary>What is held: from the file, or from the cluster.</summary>
    private protected (AccessSnapshot Snapshot, Connection? Cluster) TakeSnapshot(ServiceAccountReference? account)
    {
        if (Snapshot is { } file)
        {
            var path = ResolvePath(file);
            return (Await(call => SnapshotFile.ReadAsync(path, call.Stop)), null);
        }

        var cluster = ClusterOf(account);
        return (Await(call => ((ISnapshotApi)cluster.Api).TakeSnapshotAsync(call)), cluster);
    }

    /// <summary>What has been read.</summary>
    private protected UseAggregate Aggregate => _aggregate ??= new UseAggregate();

    /// <summary>Whether the uses of a user are asked for.</summary>
    private protected abstract bool IsWanted(string user);

    /// <summary>Whether anything was given that may be a log.</summary>
    private protected bool HasLog => _reader is not null;

    private AuditLogReader Reader => _reader ??= new AuditLogReader(Aggregate, new LogFilter(Since, IsWanted), Call.Stop);

    /// <summary>Reads the files that parameters name.</summary>
    private protected void ReadFiles()
    {
        foreach (var file in FilesOf(AuditLog, LiteralPath))
        {
            Guard(() => ReadLog(file));
        }
    }

    /// <summary>Reads what the pipeline brings: a file, a line or a text of lines, or an event as an object.</summary>
    private protected void ReadPiped(object? input)
    {
        if (PipedFile(input) is { } file)
        {
            ReadLog(file);
            return;
        }

        switch (input is PSObject wrapped ? wrapped.BaseObject : input)
        {
            case null or "":
                break;
            case string text when !text.Contains('{', StringComparison.Ordinal) && File.Exists(ResolvePath(text)):
                ReadLog(ResolvePath(text));
                break;
            case string text:
                Feed(Encoding.UTF8.GetBytes(text + "\n"));
                break;
            default:
                Feed([.. JsonBody.Of(input), (byte)'\n']);
                break;
        }
    }

    /// <summary>Takes what was piped to its end and says what of it could not be used.</summary>
    private protected void EndPiped()
    {
        if (_piped is not null)
        {
            _piped.Complete();
            Aggregate.AddFile();
            Aggregate.AddBroken(_pipedProblems.Damaged, _pipedProblems.Others);
            Tell("What was piped", _pipedProblems);
        }
    }

    /// <summary>What the log shows of itself, for -Verbose.</summary>
    private protected void TellCoverage()
    {
        var coverage = Aggregate.Coverage;
        if (coverage.Events > 0)
        {
            WriteVerbose(CoverageText.Summary(coverage));
        }
    }

    private void Feed(byte[] bytes)
    {
        var reader = Reader;
        _piped ??= new LogFeed(reader.Take, _pipedProblems, Call.Stop);
        _piped.Write(bytes);
    }

    private void ReadLog(string path)
    {
        if (Directory.Exists(path))
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' is a folder. Name the files in it, such as '{Path.Combine(path, "*")}'.", path);
        }

        try
        {
            if (TakesAggregates && IsAggregate(path))
            {
                foreach (var line in ReadFile(path).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    Aggregate.Merge(Await(_ => Task.FromResult(AggregateText.Read(line, $"'{path}'"))));
                }

                return;
            }

            var reader = Reader;
            Tell($"'{path}'", Await(_ => Task.FromResult(reader.ReadFile(path))), path);
        }
        catch (NotSupportedException failure)
        {
            throw new KubeApiException(FailureKind.InvalidAuditLog, $"'{path}' cannot be read. {failure.Message}", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' cannot be read: {failure.Message}", path);
        }
    }

    private static bool IsAggregate(string path)
    {
        using var file = new StreamReader(path);
        var start = new char[64];
        return AggregateText.LooksLikeOne(new string(start, 0, file.ReadBlock(start)));
    }

    private void Tell(string source, LogProblems problems, string? target = null)
    {
        if (problems is { Events: 0, Others: > 0 })
        {
            throw new KubeApiException(
                FailureKind.InvalidAuditLog, $"{source} is not an audit log of Kubernetes (audit.k8s.io/v1). It holds {problems.OtherFormat}.", target ?? source);
        }

        if (problems is { Events: 0, Damaged: > 0 })
        {
            throw new KubeApiException(
                FailureKind.InvalidAuditLog, $"{source} is not an audit log of Kubernetes: none of its {problems.Damaged} lines is JSON.", target ?? source);
        }

        if (problems.Events == 0)
        {
            WriteWarning($"{source} holds no events: it is empty.");
        }

        if (problems.Damaged > 0)
        {
            WriteWarning(
                $"{source}: {problems.Damaged} of its lines {(problems.Damaged == 1 ? "is" : "are")} damaged and {(problems.Damaged == 1 ? "was" : "were")} left out, "
                + $"{(problems.FirstDamaged > 0 ? $"the first of them line {problems.FirstDamaged}" : "too long to be read")}{(problems.IsCut ? "; it ends in the middle of a line" : string.Empty)}. Requests may be missing.");
        }

        if (problems.Others > 0)
        {
            WriteWarning($"{source}: {problems.Others} of its records {(problems.Others == 1 ? "is" : "are")} no audit event and {(problems.Others == 1 ? "was" : "were")} left out, such as {problems.OtherFormat}.");
        }
    }
}
