using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Watches;

/// <summary>A watch that runs in a session of its own, as a user's would, while a test changes the cluster.</summary>
internal sealed class BackgroundWatch : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly HostedEngine _engine = new();
    private readonly PowerShell _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _running;
    private int _read;

    /// <param name="connect">Connects the session.</param>
    /// <param name="watch">The parameters of Watch-KubeResource.</param>
    internal BackgroundWatch(string connect, string watch)
    {
        _engine.Run(connect).RequireNoErrors();
        _shell = PowerShell.Create();
        _shell.Runspace = _engine.Runspace;
        _shell.AddScript($"Watch-KubeResource {watch} -Verbose");
        _running = _shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    /// <summary>The errors that it has written.</summary>
    internal IEnumerable<string> Errors => Written(_shell.Streams.Error).Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    /// <summary>Waits until the server has let it be watched.</summary>
    internal Task WatchingAsync() => UntilAsync(() => Written(_shell.Streams.Verbose).Exists(line => line.Message.Contains("watch=true", StringComparison.Ordinal) && line.Message.Contains(": 200 ", StringComparison.Ordinal)));

    /// <summary>The next event.</summary>
    internal async Task<WatchedEvent> NextAsync()
    {
        await UntilAsync(() => _output.Count > _read || _running.IsCompleted);
        Assert.True(_output.Count > _read, $"The watch has ended: {string.Join("; ", Written(_shell.Streams.Error))}");
        var told = _output[_read++];
        var metadata = (PSObject)((PSObject)told.Properties["Object"].Value).Properties["metadata"].Value;
        return new WatchedEvent(
            told.Properties["Type"].Value.ToString()!,
            (string)told.Properties["Name"].Value,
            (string)metadata.Properties["uid"].Value,
            (string)metadata.Properties["resourceVersion"].Value);
    }

    /// <summary>Waits for changes of an object to these versions, in their order and each once; those told before are taken from the list.</summary>
    internal async Task ExpectAsync(List<string> versions)
    {
        foreach (var version in versions)
        {
            var told = await NextAsync();
            Assert.Equal(("Modified", version), (told.Type, told.Version));
        }

        versions.Clear();
    }

    /// <summary>Presses Ctrl+C; how long it took.</summary>
    internal TimeSpan Stop()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        _shell.Stop();
        return clock.Elapsed;
    }

    public void Dispose()
    {
        _shell.Stop();
        _shell.Dispose();
        _output.Dispose();
        _engine.Dispose();
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    // To enumerate a stream that is open waits for its end.
    private static List<T> Written<T>(PSDataCollection<T> stream) => [.. Enumerable.Range(0, stream.Count).Select(index => stream[index])];
}

/// <summary>An event as a script gets it.</summary>
internal sealed record WatchedEvent(string Type, string Name, string Uid, string Version);
