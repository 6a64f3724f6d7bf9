using System.Globalization;
using System.Management.Automation;
using System.Text;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;

namespace KubeSa.Cmdlets;

/// <summary>Applies a plan of New-KubeAccessPlan: writes the undo, creates the new roles and bindings, and then takes the old bindings away.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeAccessPlan", DefaultParameterSetName = PlanSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = HelpPages.Folder + "Invoke-KubeAccessPlan.md")]
[OutputType(typeof(AccessPlan))]
public sealed class InvokeKubeAccessPlanCommand : KubeApiCmdlet
{
    private const string PlanSet = "Plan";
    private const string PathSet = "Path";
    private static readonly TimeSpan PatienceForUndo = TimeSpan.FromSeconds(30);

    /// <summary>The plan: from New-KubeAccessPlan, or the undo that this cmdlet returned.</summary>
    [Parameter(ParameterSetName = PlanSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public AccessPlan Plan { get; set; } = null!;

    /// <summary>Files of plans, with wildcards: the undo that was written, or what ToJson() of a plan gave.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The same, by their names as they stand: no character is a wildcard.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The file for the undo; one in the current folder, named by account and time, where this is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UndoPath { get; set; }

    /// <summary>Apply it although the log was shorter than 14 days, or than one round of the account's schedules.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == PlanSet)
        {
            Apply(Plan);
            return;
        }

        foreach (var file in FilesOf(Path, LiteralPath))
        {
            Guard(() => Apply(Read(file)));
        }
    }

    private AccessPlan Read(string file)
    {
        try
        {
            return AccessPlanJson.Read(ReadFile(file));
        }
        catch (FormatException failure)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"'{file}' cannot be applied: {failure.Message}", file);
        }
    }

    private void Apply(AccessPlan plan)
    {
        var cluster = Cluster;
        if (plan.ClusterServer is { } server && !ServerUrl.Same(server, cluster.Server))
        {
            throw new KubeApiException(FailureKind.ConnectionMismatch, $"The plan is for {server}, and the command would change {cluster.Title}.", plan.Account);
        }

        Require(plan);
        var left = new List<(AccessPlanObject Object, string Tool)>();
        var changes = new PlanChanges(cluster.Api, plan);
        var undo = From(cluster, Await(call => changes.UndoAsync(call, left)));
        if (!ShouldProcess(cluster, $"ServiceAccount {plan.Account}", Describe(plan, left)))
        {
            return;
        }

        Write(undo);
        foreach (var (item, tool) in left)
        {
            WriteWarning($"{item.Kind} {item.Namespace}{(item.Namespace is null ? string.Empty : "/")}{item.Name} is kept by {tool} and stays: take ServiceAccount {plan.Account} out of its subjects in the tool's source. Until then the account keeps what it gives.");
        }

        Run(changes, undo, cluster, [.. left.Select(item => item.Object)]);
        WriteObject(undo);
    }

    private void Require(AccessPlan plan)
    {
        if (plan.WouldRefuse.Length > 0)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"{plan.WouldRefuse.Length} requests of the log would be refused under this plan, such as: {plan.WouldRefuse[0].Right}. It is not applied.", plan.Account);
        }

        if (!plan.IsUndo && plan.Days < plan.DaysNeeded && !Force)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"The log covers {plan.Days} days, and {plan.DaysNeeded} are needed to see all that the account does. Read more of the log, or use -Force.", plan.Account);
        }
    }

    private void Run(PlanChanges changes, AccessPlan undo, Connection cluster, IReadOnlyCollection<AccessPlanObject> left)
    {
        try
        {
            Await(async call =>
            {
                await changes.RunAsync(call, left).ConfigureAwait(false);
                return true;
            });
        }
        catch (KubeApiException failure)
        {
            throw failure.With(Undone(undo, cluster));
        }
        catch (PipelineStoppedException)
        {
            TellAfterStop(Undone(undo, cluster));
            throw;
        }
    }

    private string Undone(AccessPlan undo, Connection cluster)
    {
        var back = new PlanChanges(cluster.Api, undo);
        return Finish(call => back.RunAsync(call, []), PatienceForUndo) is { } problem
            ? $"What was changed before could not be taken back: {problem} Run Invoke-KubeAccessPlan -Path '{undo.Path}'."
            : "What was changed before has been taken back.";
    }

    private void Write(AccessPlan undo)
    {
        var path = ResolvePath(UndoPath ?? string.Create(CultureInfo.InvariantCulture, $"undo-{undo.Namespace}-{undo.ServiceAccount}-{DateTime.UtcNow:yyyyMMdd-HHmmssfff}.json"));
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(AccessPlanJson.Write(undo)));

            // It must outlive this process, whatever ends it.
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new KubeApiException(FailureKind.FileAlreadyExists, $"The file '{path}' exists. Nothing was changed: give another name to -UndoPath.", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"The undo cannot be written to '{path}', so nothing was changed: {failure.Message}", path);
        }

        undo.Path = path;
        WriteVerbose($"The undo is in '{path}'.");
    }

    /// <summary>What changes, line by line.</summary>
    private static string Describe(AccessPlan plan, List<(AccessPlanObject Object, string Tool)> left)
    {
        var lines = plan.Creates.Select(item => $"+ {item.Kind} {item.Namespace}{(item.Namespace is null ? string.Empty : "/")}{item.Name}: {item.Reason}")
            .Concat(plan.Rules.Select(rule => $"+   {rule}"))
            .Concat(plan.Removes.Select(item => left.Exists(other => other.Object == item)
                ? $"  {item.Kind} {item.Name}: stays, for a tool keeps it"
                : $"- {item.Kind} {item.Namespace}{(item.Namespace is null ? string.Empty : "/")}{item.Name}: {item.Reason}"));
        return $"{(plan.IsUndo ? "Take back" : "Apply the plan")}:\n{string.Join('\n', lines)}\n";
    }
}
