using KubeSa.Api;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Wire;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>A server's answers, broken: whatever is asked, it is answered or fails in our own words.</summary>
public sealed class AnswerMutationTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void Every_method_of_the_port_is_among_the_calls()
    {
        var methods = typeof(IKubeApi).GetInterfaces().Where(type => type != typeof(IDisposable)).SelectMany(type => type.GetMethods())
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal));
        Assert.Equal(methods.Select(method => method.Name).Distinct().Order(), ServerAnswers.Calls.Keys.Select(name => name.Split(' ')[0]).Distinct().Order());
    }

    [Fact]
    public async Task Calls_survive_mutated_answers()
    {
        var answers = await ServerAnswers.RecordAsync(sandbox.Server, TestContext.Current.CancellationToken);
        Assert.All(answers, recorded => Assert.True(recorded.Value.Count > 0, $"{recorded.Key} asked nothing."));
        var read = Mutations.Run([.. answers.Keys], (name, random) =>
        {
            var recorded = answers[name];
            var broken = recorded.Keys.ElementAt(random.Next(recorded.Count));
            var body = Break(recorded[broken].Body, random);
            using var api = StubServer.Connect(request => ServerAnswers.KeyOf(request) switch
            {
                var key when key == broken => (recorded[key].Status, body),
                var key when recorded.TryGetValue(key, out var other) => other,

                // What a broken answer makes it ask: the next page, discovery, the object once more.
                _ => (200, """{"metadata":{},"items":[]}"""),
            });
            ServerAnswers.Calls[name](api).GetAwaiter().GetResult();
        });
        Assert.InRange(read, Mutations.Inputs / 10, Mutations.Inputs - (Mutations.Inputs / 50));
    }

    private static string Break(string body, Random random) =>
        body.StartsWith('{') && random.Next(4) > 0 ? Mutations.MutateJson(body, random) : Mutations.Mutate(body, random);
}
