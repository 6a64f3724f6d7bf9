using System.Management.Automation;
using KubeSa.Api;
using KubeSa.Completion;
using KubeSa.Connections;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Lists the contexts of the kubeconfig. Asks no server.</summary>
[Cmdlet(VerbsCommon.Get, "KubeContext", HelpUri = HelpPages.Folder + "Get-KubeContext.md")]
[OutputType(typeof(Context))]
public sealed class GetKubeContextCommand : KubeCmdlet
{
    /// <summary>
    /// The names of contexts, with wildcards. A name without wildcards that is not there is the error ContextNotFound.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The kubeconfig file, instead of those that $KUBECONFIG lists or ~/.kube/config; Get-ChildItem pipes into it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KubeConfig { get; set; }

    /// <summary>A kubeconfig that Get-ChildItem or Get-Item found.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public FileSystemInfo? File { get; set; }

    // PowerShell takes a piped file for a name, too.
    private string[] Wanted => File is not null && Name is [var only] && only == File.ToString() ? ["*"] : Name;

    private protected override void Process()
    {
        var kubeConfig = KubeConfig is null ? File?.FullName : ResolvePath(KubeConfig);
        var options = new ConnectionOptions { KubeConfig = kubeConfig, WorkingDirectory = RunspaceLocation.Here };
        var contexts = Await(call => Task.FromResult(ClientLoadContext.Gateway.ReadContexts(options, call.Stop)));
        foreach (var name in Wanted)
        {
            Guard(() => WriteMatching(contexts, name));
        }
    }

    private void WriteMatching(IReadOnlyList<Context> contexts, string name)
    {
        // A context's name may hold brackets or stars itself: the exact name comes first.
        var pattern = new NamePattern(name, ignoreCase: false);
        var exact = contexts.Where(context => context.Name == name).ToList();
        var found = exact.Count > 0 ? exact : contexts.Where(context => pattern.Matches(context.Name)).ToList();
        if (found.Count == 0 && !pattern.IsWildcard)
        {
            throw new KubeApiException(
                FailureKind.ContextNotFound,
                $"The kubeconfig has no context '{name}'. Get-KubeContext lists those it has.",
                name);
        }

        WriteObject(found, enumerateCollection: true);
    }
}
