using System.Management.Automation;
using System.Text;
using KubeSa.Analysis.Snapshot;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// Writes what decides who may do what in a cluster into a file: accounts, roles, bindings, workloads, Secrets without their data. Audit,
/// paths and comparisons read it.
/// </summary>
[Cmdlet(VerbsData.Export, "KubeAccessSnapshot", HelpUri = HelpPages.Folder + "Export-KubeAccessSnapshot.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportKubeAccessSnapshotCommand : FleetCmdlet
{
    private const string InFolders = ".json.gz";
    private readonly HashSet<string> _written = [];

    /// <summary>
    /// The file; packed where its name ends in <c>.gz</c>. A folder for files named after the clusters, which several clusters need.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Replace a file that exists; without this it is left as it is, and the error is FileAlreadyExists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        var clusters = Clusters();
        var path = ResolvePath(Path);
        var isFolder = Directory.Exists(path);
        if (clusters.Count > 1 && !isFolder)
        {
            throw new KubeApiException(FailureKind.InvalidRequest, $"Each cluster has a file of its own. Give -Path a folder that exists for {clusters.Count} clusters.", Path);
        }

        // Not after minutes of reading.
        var files = clusters.Select(cluster => isFolder ? System.IO.Path.Combine(path, $"{FileName(cluster)}{InFolders}") : path).ToList();
        files.ForEach(file => PrivateFile.RequireAbsent(file, Force && !_written.Contains(file)));
        foreach (var source in Gather(clusters))
        {
            var file = files[clusters.ToList().IndexOf(source.Cluster!)];
            Guard(() => Write(file, source.Snapshot));
        }
    }

    private void Write(string file, AccessSnapshot snapshot)
    {
        foreach (var part in snapshot.NotRead)
        {
            WriteWarning($"{snapshot.Cluster.Name}: {part.Resource}{(part.Namespace is null ? string.Empty : $" of the namespace {part.Namespace}")} could not be read, which the snapshot notes. {part.Message}");
        }

        PrivateFile.Write(file, Await(call => SnapshotFile.BytesAsync(file, snapshot, call.Stop)), Force && !_written.Contains(file));
        _written.Add(file);
        WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }

    /// <summary>A name that every file system takes.</summary>
    private static string FileName(Connection cluster)
    {
        var name = new StringBuilder();
        foreach (var letter in cluster.Context ?? new Uri(cluster.Server).Authority)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-');
        }

        return name.ToString().TrimStart('.') is { Length: > 0 } safe ? safe : "cluster";
    }
}
