using System.Globalization;
using System.Text.Json.Nodes;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;
using Xunit;

namespace KubeSa.Contract.Watches;

/// <summary>
/// Whatever happens to the objects, to the connection and to the server's memory of the past: who keeps what a watch tells has
/// what the store has, and was told each change once. The same changes in every run.
/// </summary>
public sealed class WatchPropertyTests
{
    private const string Ns = "team-a";
    private const string Last = "the-last-one";
    private const string VeryLast = "the-very-last-one";
    private const int Names = 60;

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(2, 1_000)]

    public async Task A_cache_that_is_kept_by_a_watch_equals_the_store(int seed, int changes)
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var type = server.State.Types.Get("", "configmaps");
        using var watch = new BackgroundWatch($"Connect-KubeCluster -KubeConfig '{server.KubeConfigFile}'", $"configmaps -Namespace {Ns}");
        var cache = new WatchedCache();
        var reading = ReadAsync(watch, cache);
        await watch.WatchingAsync();

        var random = new Random(seed);
        for (var change = 0; change < changes; change++)
        {
            Change(server.Store, type, random, change);
            switch (random.Next(400))
            {
                case 0:
                    Drop(server);
                    break;
                case 1:
                    // What it does not know when it comes back the server has forgotten.
                    server.Faults.Set(new Fault(FaultNames.Refuse));
                    Change(server.Store, type, random, change + changes);
                    server.Store.Compact();
                    server.Faults.Clear();
                    break;
                case 2:
                    server.Faults.Set(new Fault(FaultNames.Unavailable) { Times = 2, RetryAfterSeconds = 0 });
                    break;
            }

            // The watch may fall behind, but not by so much that all it ever sees are lists.
            if (change % 100 == 0)
            {
                var pace = Set(server.Store, type, "pace", change);
                await BackgroundWatch.UntilAsync(() => cache.VersionOf("pace") == pace || reading.IsCompleted);
            }
        }

        server.Faults.Clear();
        server.Store.Create(type, Object(Last, 0));
        await BackgroundWatch.UntilAsync(() => cache.Has(Last) || reading.IsCompleted);

        // A list tells what is gone behind all that is there, and this one comes behind the list.
        server.Store.Create(type, Object(VeryLast, 0));
        await reading;
        Assert.Equal(
            server.Store.Snapshot(type).From(Ns).Select(item => $"{item.Name} {item.Uid} {item.Revision}").Order(StringComparer.Ordinal),
            cache.Versions);
        Assert.True(cache.Events > changes / 2, $"Only {cache.Events} events were told.");
        Assert.Empty(watch.Errors);
    }

    private static async Task ReadAsync(BackgroundWatch watch, WatchedCache cache)
    {
        while (true)
        {
            var told = await watch.NextAsync();
            cache.Take(told);
            if (told.Name == VeryLast)
            {
                return;
            }
        }
    }

    /// <summary>Makes, changes or deletes one of a few objects, so that names come again and again.</summary>
    private static void Change(ResourceStore store, ResourceType type, Random random, int change)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"map-{random.Next(Names)}");
        if (store.TryGet(type, Ns, name) is null)
        {
            store.Create(type, Object(name, change));
        }
        else if (random.Next(3) == 0)
        {
            store.Delete(type, Ns, name);
        }
        else
        {
            Set(store, type, name, change);
        }
    }

    /// <summary>Makes or changes an object; the version that it has then.</summary>
    private static string Set(ResourceStore store, ResourceType type, string name, int value) =>
        (store.TryGet(type, Ns, name) is { } known ? store.Update(type, Ns, name, _ => Object(name, value, known.Uid)) : store.Create(type, Object(name, value)))
            .Revision.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Object(string name, int value, string? uid = null)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = Ns };
        if (uid is not null)
        {
            metadata["uid"] = uid;
        }

        return new JsonObject { ["metadata"] = metadata, ["data"] = new JsonObject { ["value"] = value.ToString(CultureInfo.InvariantCulture) } };
    }

    /// <summary>All connections break.</summary>
    private static void Drop(SandboxServer server)
    {
        server.Faults.Set(new Fault(FaultNames.Refuse));
        server.Faults.Clear();
    }
}
