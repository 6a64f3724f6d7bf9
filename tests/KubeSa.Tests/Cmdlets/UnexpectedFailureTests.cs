using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>The last resort: whatever a cmdlet throws is one error record, and what PowerShell throws is PowerShell's.</summary>
public sealed class UnexpectedFailureTests : IDisposable
{
    private readonly HostedEngine _engine = new();

    public UnexpectedFailureTests() =>
        _engine.Run("param($assembly) Import-Module -Assembly $assembly", typeof(UnexpectedCommand).Assembly).RequireNoErrors();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void An_unexpected_exception_is_one_record_and_the_next_item_is_processed()
    {
        var result = _engine.Run("'a', 'bad', 'b' | Test-Unexpected");
        Assert.Equal(["a", "b"], result.Text);
        var error = result.RequireError("InternalError");
        Assert.Contains("-Debug", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(UnexpectedCommand.Secret, error.Exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Debug);
    }

    [Theory]
    [InlineData("Begin", 3)]
    [InlineData("End", 3)]
    public void At_the_beginning_and_at_the_end_too(string stage, int output)
    {
        var result = _engine.Run($"'a', 'b', 'bad' | Test-Unexpected -Stage {stage}");
        result.RequireError("InternalError");
        Assert.Equal(output, result.Output.Count);
    }

    [Fact]
    public void Debug_shows_its_types_and_where_it_came_from_and_not_what_it_quotes()
    {
        var told = Assert.Single(_engine.Run("'bad' | Test-Unexpected -Debug -ErrorAction SilentlyContinue").Debug);
        Assert.Contains(typeof(InvalidOperationException).FullName!, told, StringComparison.Ordinal);
        Assert.Contains(typeof(FormatException).FullName!, told, StringComparison.Ordinal);
        Assert.Contains("UnexpectedCommand.Fail", told, StringComparison.Ordinal);
        Assert.DoesNotContain(UnexpectedCommand.Secret, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foreach ($i in 1) { 'a', 'b' | Test-Unexpected | ForEach-Object { $_; break } }", "a")]
    [InlineData("try { 'a', 'b' | Test-Unexpected | ForEach-Object { throw 'theirs' } } catch { \"$_\" }", "theirs")]
    [InlineData("try { 'a', 'b' | Test-Unexpected | ForEach-Object { 'bad' | Test-Unexpected -ErrorAction Stop } } catch { $_.FullyQualifiedErrorId.Split(',')[0] }", "InternalError")]
    [InlineData("try { 'bad', 'b' | Test-Unexpected -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }", "InternalError")]
    public void What_PowerShell_throws_goes_through(string script, string output)
    {
        var result = _engine.Run(script);
        Assert.Equal([output], result.Text);
    }

    [Fact]
    public void A_plain_exception_of_a_command_behind_it_is_not_taken_for_its_own()
    {
        var error = Assert.Single(_engine.Run("'a' | Test-Unexpected | Out-Thrower").Errors);
        Assert.Equal("theirs", error.Exception.Message);
        Assert.DoesNotContain("InternalError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}

/// <summary>A command of somebody else's that throws what it likes.</summary>
[Cmdlet(VerbsData.Out, "Thrower")]
public sealed class OutThrowerCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void ProcessRecord() => throw new NotSupportedException("theirs");
}
