using System.Xml.Linq;
using KubeSa.Help;
using Xunit;

namespace KubeSa.Tests.Help;

public sealed class MamlDocumentTests
{
    private static readonly XElement Help = MamlDocument.Of([Samples.Cmdlet], [Samples.Page]).Root!.Elements().Single();

    [Fact]
    public void Shows_in_each_syntax_only_the_parameters_of_its_set_by_position()
    {
        var sets = Find(Help, "syntaxItem").Select(item => Find(item, "parameter").Select(NameOf)).ToList();
        Assert.Equal(["Name", "Colour", "Day", "Quiet", "Connection", "WhatIf", "Confirm"], sets[0]);
        Assert.Equal(["Name", "Count", "Day", "Quiet", "Connection", "WhatIf", "Confirm"], sets[1]);
    }

    [Fact]
    public void Shows_the_values_of_a_parameter_in_the_syntax() => Assert.Equal(
        ["red", "green"], Find(Find(Help, "syntaxItem").First(), "parameterValueGroup").First().Elements().Select(value => value.Value));

    [Fact]
    public void Says_of_a_parameter_all_that_the_full_help_shows()
    {
        var name = Find(Find(Help, "parameters").Single(), "parameter").First();
        Assert.Equal(
            ["required=true", "variableLength=true", "globbing=true", "pipelineInput=True (ByValue, ByPropertyName)", "position=0", "aliases=N, Nom"],
            name.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"));
        Assert.Equal("String[]", Find(name, "parameterValue").Single().Value);
    }

    [Fact]
    public void Leaves_hidden_parameters_out() =>
        Assert.DoesNotContain("Inner", Find(Help, "parameter").Select(NameOf));

    [Fact]
    public void Numbers_the_examples_and_leaves_nothing_but_what_is_typed_in_the_code()
    {
        var examples = Find(Help, "example").ToList();
        Assert.Equal("Example 2: Try it again", Find(examples[1], "title").Single().Value);
        Assert.Equal("Test-Sample a |\n    Out-Null", Find(examples[0], "code").Single().Value.ReplaceLineEndings("\n"));
        Assert.Equal("Name\n----\na", Find(examples[0], "para").First().Value.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Says_what_can_be_piped_and_what_comes_of_it()
    {
        Assert.Equal(["System.String[]", "System.Object"], Find(Help, "inputType").Select(NameOf));
        Assert.Contains("Name, Connection", Find(Help, "inputType").Last().Value, StringComparison.Ordinal);
        Assert.Equal(["KubeSa.Tests.Help.SampleOutput", "System.Int32"], Find(Help, "returnValue").Select(NameOf));
    }

    [Fact]
    public void Gives_the_address_of_a_link_where_it_has_one() =>
        Assert.Equal([string.Empty, "https://example.org/"], Find(Help, "navigationLink").Select(link => Find(link, "uri").Single().Value));

    private static IEnumerable<XElement> Find(XElement parent, string name) =>
        parent.Descendants().Where(element => element.Name.LocalName == name);

    private static string NameOf(XElement element) => Find(element, "name").First().Value;
}
