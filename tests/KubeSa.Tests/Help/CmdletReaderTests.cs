using KubeSa.Help;
using Xunit;

namespace KubeSa.Tests.Help;

public sealed class CmdletReaderTests
{
    private static readonly CmdletDescription Sample = Samples.Cmdlet;

    [Fact]
    public void Reads_name_synopsis_and_sets_with_the_default_set_first()
    {
        Assert.Equal("Test-Sample", Sample.Name);
        Assert.Equal(["Tries the help."], Sample.Synopsis);
        Assert.Equal(["Short", "Long"], Sample.ParameterSets);
    }

    [Fact]
    public void Lists_own_parameters_in_their_order_then_inherited_ones_then_those_of_PowerShell() =>
        Assert.Equal(
            ["Name", "Count", "Colour", "Day", "Quiet", "Inner", "Connection", "WhatIf", "Confirm"],
            Sample.Parameters.Select(parameter => parameter.Name));

    [Fact]
    public void Follows_inherited_comments_and_says_references_as_users_know_them()
    {
        Assert.Equal(["The names of things.", "Never $null.", "See there (https://example.org)."], Parameter("Name").Text);
        Assert.Equal(["Inherited by Test-Sample, like Name."], Parameter("Connection").Text);
    }

    [Fact]
    public void Says_the_limits_that_attributes_and_types_set()
    {
        Assert.Equal(["A number.", "From 1 to 9."], Parameter("Count").Text);
        Assert.Equal(["A word.", "Possible values: red, green."], Parameter("Colour").Text);
        Assert.Contains("Saturday", Parameter("Day").Values);
    }

    [Theory]
    [InlineData("Name", null)]
    [InlineData("Count", "3")]
    [InlineData("Colour", "red")]
    [InlineData("Day", null)]
    [InlineData("Quiet", "False")]
    public void Knows_the_default_that_the_class_gives(string parameter, string? expected) =>
        Assert.Equal(expected, Parameter(parameter).Default);

    [Fact]
    public void Knows_how_a_parameter_is_used_in_each_set()
    {
        Assert.Equal(new ParameterUse(null, true, 0, true, true), Parameter("Name").In("Long"));
        Assert.True(Parameter("Count").In("Long")!.Mandatory);
        Assert.Null(Parameter("Count").In("Short"));
        Assert.Null(Parameter("Quiet").In("Short")!.Position);
    }

    [Fact]
    public void Knows_aliases_wildcards_and_what_is_hidden()
    {
        Assert.Equal(["N", "Nom"], Parameter("Name").Aliases);
        Assert.True(Parameter("Name").Wildcards);
        Assert.False(Parameter("Count").Wildcards);
        Assert.True(Parameter("Inner").Hidden);
    }

    [Fact]
    public void Takes_the_comment_of_an_output_from_its_type()
    {
        Assert.Equal("KubeSa.Tests.Help.SampleOutput", Sample.Outputs[0].Type);
        Assert.Equal(["What comes of it."], Sample.Outputs[0].Text);
        Assert.Equal("System.Int32", Sample.Outputs[1].Type);
    }

    private static ParameterDescription Parameter(string name) => Sample.Parameters.Single(parameter => parameter.Name == name);
}
