using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using KubeSa.Api;
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

    [Theory]
    [MemberData(nameof(NoTexts), DisableDiscoveryEnumeration = true)]
    public void What_is_no_single_value_is_refused_and_not_written_as_the_name_of_its_type(object value)
    {
        var table = new Hashtable { ["key"] = value };
        Assert.Equal(FailureKind.InvalidRequest, Assert.Throws<KubeApiException>(() => StringMap.From(table)).Kind);
        Assert.Equal(FailureKind.InvalidRequest, Assert.Throws<KubeApiException>(() => StringMap.WithRemovals(table)).Kind);
    }

    public static TheoryData<object> NoTexts
    {
        get
        {
            var itself = new Hashtable();
            itself["itself"] = itself;
            var list = new object[1];
            list[0] = list;
            var custom = new PSObject();
            custom.Properties.Add(new PSNoteProperty("itself", custom));
            return [itself, list, PSObject.AsPSObject(list), custom, "half a pair \ud800", new object()];
        }
    }

    [Fact]
    public void Keys_are_told_apart_by_case_and_nothing_stays_nothing()
    {
        Assert.Equal(2, StringMap.From(new Hashtable { ["a"] = 1, ["A"] = 2 })!.Count);
        Assert.Null(StringMap.From(null));
        Assert.Null(StringMap.WithRemovals(null));
    }
}
