using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Files as Get-Content takes them, the same for every cmdlet that reads them.</summary>
public sealed class InputFileTests : IDisposable
{
    private const string Key = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    private readonly HostedEngine _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-files-").FullName;

    public static TheoryData<string, string> Readers => new()
    {
        { "ConvertFrom-KubeServiceAccountToken -Path", "token" },
        { "ConvertFrom-SaTokenSecret -Path", "secret" },
        { "Test-KubeServiceAccountToken -Offline -Jwks keys -Path", "token" },
        { "Test-KubeInClusterAccess -Evidence", "evidence" },
    };

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_path_is_a_pattern_and_a_literal_path_is_none(string command, string content)
    {
        Lay(content, "in[1]", "in1", "other");
        var literal = Literal(command);
        Assert.Single(_engine.Run($"{command} 'in[1]'").RequireNoErrors().Output);
        Assert.Equal(3, _engine.Run($"{command} '*i*', 'o*'".Replace("Evidence '*i*', 'o*'", "Evidence '*[n1r]*'", StringComparison.Ordinal)).RequireNoErrors().Output.Count);
        Assert.Single(_engine.Run($"{literal} 'in[1]'").RequireNoErrors().Output);
        Assert.Equal(2, _engine.Run($"{literal} 'in[1]', other").RequireNoErrors().Output.Count);
        Assert.Equal(2, _engine.Run($"{literal.Replace("-LiteralPath", "-LP", StringComparison.Ordinal)} 'in[1]', other").RequireNoErrors().Output.Count);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_path_that_nothing_matches_is_an_error_that_names_it_and_the_rest_goes_on(string command, string content)
    {
        Lay(content, "in[2]", "other");
        var pattern = _engine.Run($"{command} 'in[2]'").RequireError("FileNotFound");
        Assert.Contains("-LiteralPath", pattern.ToString(), StringComparison.Ordinal);
        Assert.Equal("in[2]", pattern.TargetObject);
        Assert.Contains("'nope'", _engine.Run($"{command} nope").RequireError("FileNotFound").ToString(), StringComparison.Ordinal);
        var several = _engine.Run($"{Literal(command)} nope, other");
        Assert.Contains("nope", several.RequireError("FileNotFound").ToString(), StringComparison.Ordinal);
        Assert.Single(several.Output);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Files_pipe_in_and_a_folder_among_them_is_an_error_of_its_own(string command, string content)
    {
        Lay(content, "in[1]", "in1");
        var bare = command[..command.LastIndexOf(" -", StringComparison.Ordinal)];
        Assert.Equal(2, _engine.Run($"param($files) $files | {bare}", [Listed()]).RequireNoErrors().Output.Count);
        Assert.Equal(2, _engine.Run($"param($files) $files | ForEach-Object {{ [pscustomobject]@{{ PSPath = $_.PSPath }} }} | {bare}", [Listed()]).RequireNoErrors().Output.Count);
        Directory.CreateDirectory(Path.Combine(_folder, "in-folder"));
        var mixed = _engine.Run($"param($files) $files | {bare}", [Listed()]);
        Assert.Contains("is a folder", mixed.RequireError("FileNotFound").ToString(), StringComparison.Ordinal);
        Assert.Equal(2, mixed.Output.Count);
    }

    [Theory]
    [InlineData("-Offline", "-Offline needs the keys")]
    [InlineData("-Jwks keys -PublicKey keys", "Give the keys once")]
    public void Keys_that_are_missing_or_given_twice_are_asked_for(string parameters, string message)
    {
        Lay("token", "token");
        var error = _engine.Run($"Test-KubeServiceAccountToken -Path token {parameters}").RequireError("InvalidRequest");
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What Get-ChildItem writes; this engine has only the core cmdlets.</summary>
    private PSObject[] Listed() =>
    [
        .. new DirectoryInfo(_folder).GetFileSystemInfos("in*").Select(file =>
        {
            var listed = new PSObject(file);
            listed.Properties.Add(new PSNoteProperty("PSPath", $@"Microsoft.PowerShell.Core\FileSystem::{file.FullName}"));
            return listed;
        }),
    ];

    private static string Literal(string command) =>
        command.Replace("-Path", "-LiteralPath", StringComparison.Ordinal).Replace("-Evidence", "-LiteralPath", StringComparison.Ordinal);

    private void Lay(string content, params string[] names)
    {
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(_folder, name), Content(content));
        }

        File.WriteAllText(Path.Combine(_folder, "keys"), Key);
        _engine.Run("$ExecutionContext.SessionState.Path.SetLocation($args[0])", _folder).RequireNoErrors();
    }

    private string Content(string kind) => kind switch
    {
        "token" => RecordedSecret.Token,
        "secret" => RecordedSecret.Yaml("a"),
        _ => Assert.Single(_engine.Run("Test-KubeInClusterAccess -MountPath $args[0] -AsEvidence", Path.Combine(_folder, "no-mount")).RequireNoErrors().Text),
    };
}
