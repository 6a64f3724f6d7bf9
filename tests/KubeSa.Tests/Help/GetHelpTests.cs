using KubeSa.Help;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Help;

/// <summary>What Get-Help says of each cmdlet of the module, in a real engine.</summary>
public sealed class GetHelpTests : IDisposable
{
    private static readonly string Pages = Path.Combine(Repository.Root, "module", "help");
    private readonly HostedEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    public static TheoryData<string> Cmdlets()
    {
        using var engine = new HostedEngine();
        return [.. engine.Run("(Get-Command -Module KubeSa -CommandType Cmdlet).Name").RequireNoErrors().Text];
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Says_what_a_cmdlet_does_and_where_to_read_on(string cmdlet)
    {
        Assert.Matches(@"^[A-Z].{15,}\.$", Ask(cmdlet, "$h.Synopsis"));
        Assert.Matches(@"^[A-Z][\s\S]{60,}\.\s*$", Ask(cmdlet, "$h.description.Text -join ' '"));
        Assert.NotEmpty(Ask(cmdlet, "$h.relatedLinks.navigationLink.linkText -join ' '"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Explains_every_parameter(string cmdlet)
    {
        var unexplained = _engine.Run(
            """
            param($name)
            $common = [System.Management.Automation.Cmdlet]::CommonParameters
            $help = @{}
            (Get-Help $name).parameters.parameter | ForEach-Object { if ($_) { $help[$_.name] = "$($_.description.Text)" } }
            (Get-Command $name).Parameters.Values | Where-Object {
                $_.Name -notin $common -and -not ($_.Attributes.DontShow -contains $true) -and $help[$_.Name] -notmatch '^[A-Z][\s\S]{7,}\.\s*$'
            } | ForEach-Object Name
            """,
            cmdlet).RequireNoErrors().Text;
        Assert.Empty(unexplained);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Shows_the_examples_of_the_page_and_at_least_two(string cmdlet)
    {
        var file = Path.Combine(Pages, cmdlet + ".md");
        var page = PageReader.Read(file, File.ReadAllText(file));
        Assert.InRange(page.Examples.Count, 2, 20);
        var shown = _engine.Run("(Get-Help $args[0]).examples.example | ForEach-Object code", cmdlet).RequireNoErrors().Text;
        Assert.Equal(page.Examples.Select(example => example.Code.ReplaceLineEndings("\n")), shown.Select(code => code.ReplaceLineEndings("\n")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Opens_a_page_of_the_repository_for_Online(string cmdlet)
    {
        var address = Assert.Single(_engine.Run("(Get-Command $args[0]).HelpUri", cmdlet).RequireNoErrors().Text);
        Assert.EndsWith($"/module/help/{cmdlet}.md", address, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Pages, Path.GetFileName(new Uri(address).LocalPath))));
        Assert.Equal(address, Ask(cmdlet, "@($h.relatedLinks.navigationLink.uri)[0]"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Links_only_to_what_is_there(string cmdlet)
    {
        var missing = _engine.Run(
            """
            $exported = (Get-Command -Module KubeSa -CommandType Cmdlet).Name
            (Get-Help $args[0]).relatedLinks.navigationLink | Where-Object {
                -not "$($_.uri)".StartsWith('https://') -and "$($_.linkText)" -notin $exported -and "$($_.linkText)" -ne 'about_KubeSa'
            } | ForEach-Object linkText
            """,
            cmdlet).RequireNoErrors().Text;
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Names_the_output(string cmdlet)
    {
        var silent = cmdlet.Split('-')[0] is "Disconnect" or "Stop" or "Remove";
        var outputs = Ask(cmdlet, "$h.returnValues.returnValue.type.name -join ' '");
        Assert.True(outputs == "None" ? silent : outputs.Length > 0, $"{cmdlet} says its output is '{outputs}'.");
    }

    [Fact]
    public void No_page_is_left_of_a_cmdlet_that_is_gone() => Assert.Empty(
        PageReader.ReadFolder(Pages).Select(page => page.Cmdlet).Except(_engine.Run("(Get-Command -Module KubeSa -CommandType Cmdlet).Name").RequireNoErrors().Text));

    [Fact]
    public void Finds_the_topic_about_the_module() =>
        Assert.Contains("SHORT DESCRIPTION", Assert.Single(_engine.Run("Get-Help about_KubeSa").RequireNoErrors().Text), StringComparison.Ordinal);

    private string Ask(string cmdlet, string question) =>
        Assert.Single(_engine.Run($"param($name) $h = Get-Help $name; {question}", cmdlet).RequireNoErrors().Text);
}
