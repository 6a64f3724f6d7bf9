using KubeSa.Secrecy;
using KubeSa.Tests.Engine;
using KubeSa.Tests.Secrecy;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>What cmdlets tell while they work, progress too, holds no credential and nothing that a terminal obeys.</summary>
public sealed class TellingTests
{
    [Fact]
    public void Names_of_others_are_told_without_what_a_terminal_obeys_and_without_credentials()
    {
        CredentialsInUse.Add(Disguises.Opaque);
        const string half = "$([char] 0xd800)";
        using var engine = new HostedEngine();
        engine.Run("param($assembly) Import-Module -Assembly $assembly", typeof(TellingCommand).Assembly).RequireNoErrors();
        var result = engine.Run($"Test-Telling \"web`e[2J`a$([char] 0x9b)1m$([char] 0x202e){half} {Disguises.Opaque}\" -Verbose").RequireNoErrors();
        Assert.All<IReadOnlyList<string>>([result.Progress, result.Warnings, result.Verbose], stream => Assert.Contains(stream, text => text.Contains("web\\u001b[2J", StringComparison.Ordinal)));
        Assert.All([.. result.Progress, .. result.Warnings, .. result.Verbose], text =>
        {
            Assert.DoesNotContain(text, character => ControlCharacters.IsOne(character) || char.IsSurrogate(character));
            Assert.DoesNotContain(Disguises.Opaque[..12], text, StringComparison.Ordinal);
        });
    }
}
