using System.Management.Automation;
using KubeSa.Analysis.Use;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Merges saved aggregates of parts of an audit log, in any order, to what reading the whole log at once would have given.</summary>
[Cmdlet(VerbsData.Merge, "KubeAccessUse", HelpUri = HelpPages.Folder + "Merge-KubeAccessUse.md")]
[OutputType(typeof(AccessUse), typeof(AccessUseCoverage), typeof(string))]
public sealed class MergeKubeAccessUseCommand : KubeCmdlet
{
    private readonly UseAggregate _merged = new();
    private int _count;

    /// <summary>The aggregates: what Get-KubeAccessUse -As Aggregate wrote, one a line, or files of it from Get-ChildItem.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? InputObject { get; set; }

    /// <summary>Files of saved aggregates, with wildcards; each may hold several, one a line.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The same, by their names as they stand: no character is a wildcard.</summary>
    [Parameter]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The form of the answer; Aggregate gives one aggregate, so that very many are merged in steps.</summary>
    [Parameter]
    public AccessUseForm As { get; set; }

    private protected override void Begin()
    {
        if (Path.Length + LiteralPath.Length == 0 && !MyInvocation.ExpectingInput)
        {
            Refuse(new KubeApiException(FailureKind.InvalidRequest, "There is nothing to merge. Pipe what Get-KubeAccessUse -As Aggregate wrote, or name its files."));
            return;
        }

        foreach (var file in FilesOf(Path, LiteralPath))
        {
            Guard(() => MergeText(ReadFile(file), $"'{file}'"));
        }
    }

    private protected override void Process()
    {
        if (PipedFile(InputObject) is { } file)
        {
            MergeText(ReadFile(file), $"'{file}'");
        }
        else if ((InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject) is { } input)
        {
            MergeText(input as string ?? throw new KubeApiException(
                FailureKind.InvalidAuditLog, $"An object of type {input.GetType().Name} is not an aggregate. Get-KubeAccessUse -As Aggregate writes aggregates, as text."), "What was piped");
        }
    }

    private protected override void End()
    {
        if (_count > 0)
        {
            AccessUseAnswer.Write(_merged, As, WriteObject);
        }
    }

    private void MergeText(string text, string source)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _merged.Merge(Await(_ => Task.FromResult(AggregateText.Read(line, source))));
            _count++;
        }
    }
}
