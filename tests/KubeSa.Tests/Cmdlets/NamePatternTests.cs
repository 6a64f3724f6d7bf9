using KubeSa.Cmdlets;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Names of Kubernetes have no capitals, so that case does not matter; those of contexts and roles do.</summary>
public sealed class NamePatternTests
{
    [Theory]
    [InlineData("WEB*", true, true)]
    [InlineData("WEB-1", true, true)]
    [InlineData("WEB*", false, false)]
    [InlineData("WEB-1", false, false)]
    [InlineData("web*", false, true)]
    [InlineData("web-1", false, true)]
    public void Case_matters_where_names_have_one(string pattern, bool ignoreCase, bool matches) =>
        Assert.Equal(matches, new NamePattern(pattern, ignoreCase).Matches("web-1"));
}
