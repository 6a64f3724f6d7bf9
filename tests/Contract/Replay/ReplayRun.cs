using System.Text.Json.Nodes;
using KubeSa.Contract.Replay.Identity;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Auth;

namespace KubeSa.Contract.Replay;

/// <summary>Plays all recordings of a server version, in the order of time, to one sandbox, and keeps what differed.</summary>
internal sealed class ReplayRun
{
    private readonly string _version;
    private readonly SandboxServer _server;
    private readonly Identities _identities;
    private readonly ReplayStage _stage;
    private readonly Bindings _bindings;
    private readonly TokenForge _forge;
    private readonly IReadOnlyDictionary<string, Recording> _recordings;

    private ReplayRun(string version, SandboxServer server, Identities identities, ManualTime time)
    {
        _version = version;
        _server = server;
        _identities = identities;
        _bindings = new Bindings(startup: version == "1.20" ? long.MaxValue : 230, time);
        _recordings = Recording.Of(version).ToDictionary(r => r.Name);
        _forge = new TokenForge(server, _bindings, identities.TokenOfAsync) { MadeUpAt = DecodedTokens.IssuedAt(Named("11-03")) };
        _stage = new ReplayStage(server, identities.Admin, time, async place => (await _forge.MintAsync(Named(place)))!);
        var staticUser = new UserInfo("static-user", "static-user-uid", ["static-group", "system:authenticated"], new Dictionary<string, IReadOnlyList<string>>());
        server.State.Identity.Verifier.StaticUsers.Add(identities.StaticToken, staticUser);
    }

    /// <summary>The differences of each recording, by its name; none when it replays equal.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PlayAsync(string version)
    {
        // Yesterday noon: no midnight falls into the replay, and real clients take the certificates for valid.
        var time = new ManualTime(new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddHours(-12));
        var scenario = version == "1.20" ? "legacy" : "modern";
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Scenario = scenario, BareCluster = true, Time = time });
        using var identities = new Identities(server) { StaticToken = (string)Recording.Of(version).Single(r => r.Place == "12-17").Request!["body"]!["spec"]!["token"]! };
        var run = new ReplayRun(version, server, identities, time);
        var outcomes = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var recording in RecordingOrder.Of(version, Recording.Of(version)).Where(r => r.IsExchange))
        {
            outcomes.Add(recording.Name, await run.PlayOneAsync(recording));
        }

        return outcomes;
    }

    private async Task<IReadOnlyList<string>> PlayOneAsync(Recording recording)
    {
        try
        {
            // A real client takes a moment from one request to the next, in which the controllers work.
            await _stage.AdvanceAsync(RecordingOrder.IsAtOnce(recording) ? 0 : 0.2);
            if (Preparations.Before.TryGetValue(recording.Place, out var prepare) || IdentityPreparations.Before.TryGetValue(recording.Place, out prepare))
            {
                await prepare(_stage);
                await _stage.AdvanceAsync(RecordingOrder.IsAtOnce(recording) ? 0 : 0.2);
            }

            await _forge.MintAsync(recording);

            var comparison = new Comparison(_bindings) { IsTrimmed = recording.Content["trimmed"] is not null, IsUnordered = IsUnordered(recording) };
            await CompareAsync(recording, comparison);
            return comparison.Differences;
        }
        catch (HttpRequestException) when (recording.Response!["status"] is null)
        {
            // Recorded as closed without an answer, and so it was.
            return [];
        }
        catch (Exception e)
        {
            // One failing row is one row; the others are still played.
            return [e.ToString()];
        }
    }

    private async Task CompareAsync(Recording recording, Comparison comparison)
    {
        using var request = RecordedExchange.RequestOf(recording, _bindings, _server.Store.Revision, _server.Url);
        using var response = await _identities.SendAsync(recording.As, request);
        RecordedExchange.CompareHead(comparison, recording.Response!, response);
        if (recording.Response!["lines"] is JsonArray lines && response.IsSuccessStatusCode)
        {
            comparison.Nodes("lines", lines, await WatchAsync(recording, response));
        }
        else
        {
            var body = await response.Content.ReadAsStringAsync();
            RecordedExchange.CompareBody(comparison, recording.Response!, body);
            DecodedTokens.Compare(comparison, recording, body);
        }
    }

    private Recording Named(string place) => _recordings.Values.Single(r => r.Place == place);

    private async Task<JsonArray> WatchAsync(Recording recording, HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new JsonArray();
        if (Preparations.During.TryGetValue(recording.Place, out var act))
        {
            await act(_stage);
            await _stage.AdvanceAsync(0.2);
        }

        // The answer ends by the clock of the sandbox, which stands still until told.
        var reading = ReadAsync(reader, lines);
        while (!reading.IsCompleted)
        {
            await _stage.AdvanceAsync(1);
            await Task.WhenAny(reading, Task.Delay(10));
        }

        await reading;
        return lines;
    }

    private static async Task ReadAsync(StreamReader reader, JsonArray lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(JsonNode.Parse(line));
        }
    }

    // 1.20 answers from a hash table when any version is good enough; both gather a user's rules from one.
    private bool IsUnordered(Recording recording)
    {
        var path = (string)recording.Request!["path"]!;
        return path.EndsWith("/selfsubjectrulesreviews", StringComparison.Ordinal)
            || (_version == "1.20" && path.Contains("resourceVersion=0", StringComparison.Ordinal));
    }
}
