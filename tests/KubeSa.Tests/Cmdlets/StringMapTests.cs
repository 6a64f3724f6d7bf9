using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class StringMapTests
{
    public static TheoryData<object?, string?> Values => new()
    {
        { "text", "text" },
        { string.Empty, string.Empty },
        { true, "true" },
        { PSObject.AsPSObject(false), "false" },
        { 7, "7" },
        { 2.5, "2.5" },
        { new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2020-01-02T03:04:05Z" },
        { new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "2020-01-02T01:04:05Z" },
        { PSObject.AsPSObject("wrapped"), "wrapped" },
        { null, null },
        { AutomationNull.Value, null },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Values_become_the_text_that_Kubernetes_writes(object? value, string? text)
    {
        var table = new Hashtable { ["key"] = value };
        Assert.Equal(text, StringMap.WithRemovals(table)!["key"]);
        Assert.Equal(text ?? string.Empty, StringMap.From(table)!["key"]);
    }

    [Fact]
    public void Keys_are_told_apart_by_case_and_nothing_stays_nothing()
    {
        Assert.Equal(2, StringMap.From(new Hashtable { ["a"] = 1, ["A"] = 2 })!.Count);
        Assert.Null(StringMap.From(null));
        Assert.Null(StringMap.WithRemovals(null));
    }
}
