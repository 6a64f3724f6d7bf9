using System.Management.Automation;
using KubeSa.Completion;
using KubeSa.Diagnosis.Gathering;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>A cmdlet that judges evidence of another run, which comes as files, as text or line by line.</summary>
public abstract class EvidenceCmdlet : KubeCmdlet
{
    private readonly EvidenceText _evidence = new();

    private protected EvidenceCmdlet()
    {
    }

    /// <summary>
    /// A connection of an administrator, by which the server is asked for its keys and what it thinks of the token: so
    /// the exact cause is found of what is a bare 401 from inside.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Connection? AdminConnection { get; set; }

    /// <summary>What is done with one piece of evidence, to which what an administrator is told now has been added.</summary>
    private protected abstract void Process(AccessEvidence evidence);

    /// <summary>Takes what was typed: the path of a file, with wildcards, or the evidence itself; or what was piped.</summary>
    private protected void ProcessText(string text)
    {
        if (!MyInvocation.ExpectingInput && !EvidenceText.IsText(text))
        {
            ProcessFiles(FilesOf([text], []));
        }
        else
        {
            Guard(() => ProcessAnew(MyInvocation.ExpectingInput ? Piped(text) : EvidenceText.Read(text)));
        }
    }

    private protected void ProcessFiles(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Guard(() => ProcessAnew(FromFile(file)));
        }
    }

    private protected override void End() => ProcessAnew(_evidence.Rest());

    private AccessEvidence? Piped(string text)
    {
        // A line of a log may look like a path, and like one of a drive that is not there: only a file that is there is one.
        var path = Path.Combine(SessionState.Path.CurrentFileSystemLocation.ProviderPath, text);
        return _evidence.IsEmpty && File.Exists(path) ? FromFile(path) : _evidence.Add(text);
    }

    private AccessEvidence FromFile(string path) => EvidenceText.Read(ReadFile(path), path);

    private void ProcessAnew(AccessEvidence? evidence)
    {
        if (evidence is not null)
        {
            Process(AdminConnection is null
                ? evidence
                : Await(call => EvidenceCompletion.AddAsync(ClientLoadContext.Gateway, evidence, AdminConnection.Api, call)));
        }
    }
}
