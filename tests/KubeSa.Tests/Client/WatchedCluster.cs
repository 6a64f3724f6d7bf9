using System.Globalization;
using System.Text;
using System.Threading.Channels;
using KubeSa.Api;
using KubeSa.Client;
using KubeSa.Client.Config;
using KubeSa.Client.Resources.Watches;
using KubeSa.Tests.Wire;

namespace KubeSa.Tests.Client;

/// <summary>A server whose lists and watches a test scripts: what is listed now, and line by line what each watch says.</summary>
internal sealed class WatchedCluster : IAsyncDisposable
{
    internal static readonly ApiResource ConfigMaps = new(string.Empty, "v1", "configmaps", "ConfigMap", true);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<IDisposable> _opened = [];
    private readonly CancellationTokenSource _stop = new();

    internal WatchedCluster() => Wire = new WireCluster(Answer);

    internal WireCluster Wire { get; }

    /// <summary>What is there: name to (uid, version).</summary>
    internal SortedDictionary<string, (string Uid, int Version)> Objects { get; } = [];

    /// <summary>The version of the list.</summary>
    internal int Version { get; set; } = 100;

    /// <summary>Answers in the place of the script where it is not null: the request and how many there were before it.</summary>
    internal Func<WireRequest, int, WireReply?> Instead { get; set; } = (_, _) => null;

    internal WatchTiming Timing { get; set; } = new()
    {
        Patience = TimeSpan.FromSeconds(20),
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(20),
        Shortest = TimeSpan.FromMilliseconds(1),
    };

    internal IEnumerable<WireRequest> Watches => Wire.Server.Requests.Where(IsWatch);

    internal IEnumerable<WireRequest> Lists => Wire.Server.Requests.Where(request => !IsWatch(request));

    /// <summary>What the watch said that is open, as "Added a u-a 7".</summary>
    internal static string Text(ResourceChange change)
    {
        var version = ObjectVersion.Of(change.Item.Json.Span);
        return $"{change.Kind} {change.Item.Name} {version.Uid} {version.ResourceVersion}";
    }

    /// <summary>Changes the store, and sends the line of it: to the watch that is open or the next.</summary>
    internal void Say(string type, string name, int version)
    {
        lock (Objects)
        {
            Version = version;
            Objects[name] = ($"u-{name}", version);
            if (type == "DELETED")
            {
                Objects.Remove(name);
            }
        }

        _lines.Writer.TryWrite($$$"""{"type":"{{{type}}}","object":{{{Object(name, $"u-{name}", version)}}} }""");
    }

    internal void SayLine(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Ends the watch that is open: in an orderly way, or in the middle of a line.</summary>
    internal void EndWatch(bool isBroken = false) => _lines.Writer.TryWrite(isBroken ? "\0broken" : "\0end");

    /// <summary>Begins to watch; the changes come one by one.</summary>
    internal Watched Watch(TimeSpan? limit = null, CallContext? call = null)
    {
        var api = new KubeApi(ClusterConfigResolver.Find(Wire.Options, _ => null)) { Watches = Timing };
        _opened.Add(api);
        return new Watched(api.WatchObjectsAsync(new ResourceWatch(new ResourceQuery(ConfigMaps, "team-a")) { Limit = limit }, call ?? Wire.Call with { Stop = _stop.Token }));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _opened.ForEach(api => api.Dispose());
        await Wire.DisposeAsync();
        _stop.Dispose();
    }

    internal static string Object(string name, string uid, int version) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"{{{name}}}","namespace":"team-a","uid":"{{{uid}}}","resourceVersion":"{{{version}}}"},"data":{"a":"b"}}""");

    private static bool IsWatch(WireRequest request) => request.Path.Contains("watch=true", StringComparison.Ordinal);

    private WireReply Answer(WireRequest request)
    {
        var before = Wire.Server.Requests.Count(other => IsWatch(other) == IsWatch(request)) - 1;
        return Instead(request, before) ?? (IsWatch(request) ? new WireReply(200, string.Empty) { Raw = StreamAsync } : List());
    }

    internal WireReply List(string? next = null)
    {
        lock (Objects)
        {
            return WireReply.Ok(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"{{Version}}"{{(next is null ? "" : $",\"continue\":\"{next}\"")}} },"items":[{{string.Join(',', Objects.Select(o => Object(o.Key, o.Value.Uid, o.Value.Version)))}}]}"""));
        }
    }

    private async Task StreamAsync(Stream stream, CancellationToken stop)
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), stop);
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(stop);
            if (line == "\0end")
            {
                await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
                return;
            }

            var bytes = line == "\0broken" ? Encoding.UTF8.GetBytes("""{"type":"ADDED","obj""") : Encoding.UTF8.GetBytes(line + "\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), stop);
            await stream.WriteAsync(bytes, stop);
            await stream.WriteAsync("\r\n"u8.ToArray(), stop);
            await stream.FlushAsync(stop);
            if (line == "\0broken")
            {
                return;
            }
        }
    }

    /// <summary>A watch that a test reads.</summary>
    internal sealed class Watched(IAsyncEnumerable<ResourceChanges> changes)
    {
        private readonly IAsyncEnumerator<ResourceChanges> _changes = changes.GetAsyncEnumerator();
        private readonly Queue<string> _read = [];

        /// <summary>Waits for the next changes, as text; in bounded time.</summary>
        internal async Task<string> NextAsync(int count)
        {
            while (_read.Count < count)
            {
                Xunit.Assert.True(await MoveAsync(), "The watch has ended.");
            }

            return string.Join("; ", Enumerable.Range(0, count).Select(_ => _read.Dequeue()));
        }

        /// <summary>Waits for its end; what came before it.</summary>
        internal async Task<string> EndAsync()
        {
            while (await MoveAsync())
            {
            }

            return string.Join("; ", _read);
        }

        /// <summary>The failures that came with changes.</summary>
        internal List<KubeApiException> Failures { get; } = [];

        private async Task<bool> MoveAsync()
        {
            if (!await _changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)))
            {
                return false;
            }

            _changes.Current.Changes.Select(Text).ToList().ForEach(_read.Enqueue);
            Failures.AddRange(_changes.Current.Failures);
            return true;
        }
    }
}
