using System.Text.Json.Nodes;
using KubeSa.Sandbox;
using KubeSa.Sandbox.Auth;
using KubeSa.Sandbox.Storage;

namespace KubeSa.Contract.Parts;

/// <summary>A cluster without its web server, and a clock that goes on when told to.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private TestCluster(SandboxState state, SteppedTime time)
    {
        State = state;
        Time = time;
    }

    public SandboxState State { get; }

    public SteppedTime Time { get; }

    public static TestCluster Bare(string scenario = "modern") => Of(scenario, true);

    public static TestCluster Of(string scenario, bool bare = false, bool runsPods = false)
    {
        var time = new SteppedTime();
        return new TestCluster(Composition.Compose(new SandboxOptions { Scenario = scenario, BareCluster = bare, RunsPods = runsPods, Time = time }), time);
    }

    public StoredObject Create(string group, string resource, string json) =>
        State.Store.Create(State.Types.Get(group, resource), JsonNode.Parse(json)!.AsObject());

    public StoredObject Account(string ns, string name) =>
        Create("", "serviceaccounts", $$$"""{"metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"}}""");

    public StoredObject? Find(string group, string resource, string ns, string name) =>
        State.Store.TryGet(State.Types.Get(group, resource), ns, name);

    public IReadOnlyList<StoredObject> All(string group, string resource, string ns = "") =>
        [.. State.Store.Snapshot(State.Types.Get(group, resource)).From(ns)];

    public AuthorizationDecision Ask(UserInfo user, string verb, string resource, string ns = "", string name = "", string group = "", string subresource = "") =>
        State.Authorizer.Authorize(user, new AccessAttributes
        {
            IsResource = true,
            Verb = verb,
            Group = group,
            Resource = resource,
            Subresource = subresource,
            Namespace = ns,
            Name = name,
        });

    /// <summary>Waits until the controllers have done what follows from the changes so far, what is due later included.</summary>
    public Task SettleAsync() => State.Controllers.SettleAsync(evenLater: true);

    public ValueTask DisposeAsync() => State.Controllers.DisposeAsync();
}

internal sealed class SteppedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
