using KubeSa.Analysis.Changes;
using KubeSa.Analysis.Snapshot;
using KubeSa.Tests.Analysis.Reach;
using Xunit;

namespace KubeSa.Tests.Analysis;

/// <summary>Who gained and lost what between two snapshots, each in the words of the Universe.</summary>
public sealed class AccessChangesTests
{
    [Theory]
    [InlineData("", "x/a@x get pods", "Info ServiceAccount x/a gained get pods in namespace x: the binding was created.")]
    [InlineData("x/a@x get pods", "", "Info ServiceAccount x/a lost get pods in namespace x: the binding was deleted.")]
    [InlineData("x/a@x get pods", "x/a@x get,list pods", "Info ServiceAccount x/a gained list pods in namespace x: the rules of the role allow more.")]
    [InlineData("x/a@x get pods", "x/b@x get pods", "Info ServiceAccount x/a lost get pods in namespace x: the subject was removed from the binding. | Info ServiceAccount x/b gained get pods in namespace x: the subject was added to the binding.")]
    [InlineData("", "x/a@* list secrets", "High ServiceAccount x/a gained list secrets in the whole cluster: the binding was created.")]
    [InlineData("", "x/a@x list secrets", "Medium ServiceAccount x/a gained list secrets in namespace x: the binding was created.")]
    [InlineData("", "x/a@x update configmaps [one]", "Low ServiceAccount x/a gained update configmaps 'one' in namespace x: the binding was created.")]
    [InlineData("", "group:ops@x get pods", "Info Group ops gained get pods in namespace x: the binding was created.")]
    [InlineData("", "user:jane@x get pods", "Info User jane gained get pods in namespace x: the binding was created.")]
    [InlineData("x/a@* get pods", "x/a@* get pods; x/a@x get pods", "")]
    [InlineData("x/a@x get pods", "x/a@x get pods; group:system:serviceaccounts:x@x get pods", "Info Group system:serviceaccounts:x gained get pods in namespace x: the binding was created.")]
    [InlineData("x/a@x get pods", "group:system:serviceaccounts:x@x get pods", "Info Group system:serviceaccounts:x gained get pods in namespace x: the subject was added to the binding.")]
    [InlineData("x/a@x get pods", "x/a@x get pods", "")]
    public void Rights_are_told_with_the_object_and_the_reason(string before, string after, string changes) =>
        Assert.Equal(changes.Length == 0 ? [] : changes.Split(" | "), RightChanges.Between(Universe.Of(before), Universe.Of(after)).Select(change => $"{change.Severity} {change}").Order());

    [Fact]
    public void What_could_not_be_looked_at_was_not_gained()
    {
        var before = Universe.Of(string.Empty) with { NotRead = [new NotRead(SnapshotParts.RoleBindings, "x", "Forbidden", "You may not.")] };
        Assert.Empty(RightChanges.Between(before, Universe.Of("x/a@x get pods")));
        Assert.NotEmpty(RightChanges.Between(before, Universe.Of("x/a@y get pods")));
    }

    [Fact]
    public void Paths_that_are_new_or_surer_are_told()
    {
        var none = Universe.Of(string.Empty, "psa:x/restricted");
        var sure = Universe.Of("x/a@* create serviceaccounts/token", "psa:x/restricted");
        var gained = Assert.Single(PathChanges.Between(none, sure));
        Assert.Equal((AccessChangeDirection.Gained, AuditSeverity.Critical, "x", "a"), (gained.Change, gained.Severity, gained.Namespace, gained.ServiceAccount));
        Assert.Contains("TokenRequest", gained.What, StringComparison.Ordinal);
        Assert.Equal(AuditSeverity.Info, Assert.Single(PathChanges.Between(sure, none)).Severity);
        Assert.Empty(PathChanges.Between(sure, sure));
        Assert.Contains("surer", Assert.Single(PathChanges.Between(Universe.Of("x/a@* create pods", "guard:g"), Universe.Of("x/a@* create pods"))).What, StringComparison.Ordinal);
    }
}
