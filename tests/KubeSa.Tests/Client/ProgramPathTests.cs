using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Credential plugins are found where the user's own shell finds them; the systems are parameters.</summary>
public sealed class ProgramPathTests
{
    [Theory]
    [InlineData("az", @"C:\cli", null, @"C:\cli\az|C:\cli\az.cmd", @"C:\cli\az.cmd")]
    [InlineData("az.cmd", @"C:\cli", null, @"C:\cli\az|C:\cli\az.cmd", @"C:\cli\az.cmd")]
    [InlineData("az", @"C:\cli", ".EXE;.CMD", @"C:\cli\az.CMD", @"C:\cli\az.CMD")]
    [InlineData("az", @"C:\cli", ".EXE", @"C:\cli\az.cmd", null)]
    [InlineData("az", @"C:\cli", " ", @"C:\cli\az.exe", @"C:\cli\az.exe")]
    [InlineData("az", @"C:\cli", "exe; cmd", @"C:\cli\az.cmd", @"C:\cli\az.cmd")]
    [InlineData("kubectl-1.30", @"C:\cli", null, @"C:\cli\kubectl-1.30.exe", @"C:\cli\kubectl-1.30.exe")]
    [InlineData("az", "\"C:\\Program Files\\cli\";D:\\x", null, @"C:\Program Files\cli\az.cmd", @"C:\Program Files\cli\az.cmd")]
    [InlineData("az", "\"C:\\a;b\\\";D:\\x", null, @"C:\a;b\az.exe|D:\x\az.exe", @"C:\a;b\az.exe")]
    [InlineData("az", "\"C:\\open", null, @"C:\open\az.exe", @"C:\open\az.exe")]
    [InlineData("az", @".;cli;;C:\cli\", null, @".\az.exe|cli\az.exe|\az.exe|C:\cli\az.exe", @"C:\cli\az.exe")]
    [InlineData("az", @"\\server\cli", null, @"\\server\cli\az.exe", @"\\server\cli\az.exe")]
    [InlineData("az", @"C:\one;D:\two", null, @"D:\two\az.com|C:\one\az.cmd", @"C:\one\az.cmd")]
    [InlineData(@"C:\cli\az", @"D:\x", null, @"C:\cli\az|C:\cli\az.cmd", @"C:\cli\az.cmd")]
    [InlineData("az", "", null, "az.exe", null)]
    [InlineData("az", null, null, "az.exe", null)]
    public void On_Windows(string command, string? path, string? endings, string there, string? found) =>
        Assert.Equal(found, Find(command, path, endings, isWindows: true, there));

    [Theory]
    [InlineData("aws", "/usr/bin:/opt/aws/", "/opt/aws/aws", "/opt/aws/aws")]
    [InlineData("aws", ".::bin:/opt", "./aws|aws|/aws|bin/aws|/opt/aws", "/opt/aws")]
    [InlineData("aws", "/opt", "/opt/aws.cmd", null)]
    [InlineData("a\\b", "/opt", "/opt/a\\b", "/opt/a\\b")]
    [InlineData("/opt/aws", "/usr/bin", "/opt/aws", "/opt/aws")]
    [InlineData("aws", null, "/aws", null)]
    public void On_other_systems(string command, string? path, string there, string? found) =>
        Assert.Equal(found, Find(command, path, ".CMD", isWindows: false, there));

    /// <summary>Of HOME, HOMEDRIVE with HOMEPATH, and USERPROFILE, Windows takes the first that has a kubeconfig, else the first that is set.</summary>
    [Theory]
    [InlineData(true, "H", "C:", "\\U", "P", "P", "P")]
    [InlineData(true, "H", "C:", "\\U", "P", "C:\\U|P", "C:\\U")]
    [InlineData(true, "H", "C:", "\\U", "P", "H|P", "H")]
    [InlineData(true, "H", "C:", "\\U", "P", "", "H")]
    [InlineData(true, "", "C:", "\\U", "P", "", "P")]
    [InlineData(true, "", "C:", null, "", "", null)]
    [InlineData(true, "", "C:", "\\U", null, "", "C:\\U")]
    [InlineData(false, "H", "C:", "\\U", "P", "P", "H")]
    [InlineData(false, "", "C:", "\\U", "P", "P", null)]
    [InlineData(false, null, null, null, null, "", null)]
    public void The_home_of_a_kubeconfig(bool isWindows, string? home, string? drive, string? path, string? profile, string withConfig, string? expected)
    {
        var variables = new Dictionary<string, string?> { ["HOME"] = home, ["HOMEDRIVE"] = drive, ["HOMEPATH"] = path, ["USERPROFILE"] = profile };
        var there = withConfig.Split('|').Select(folder => Path.Combine(folder, ".kube", "config"));
        Assert.Equal(expected, KubeConfigPaths.Home(name => variables.GetValueOrDefault(name), isWindows, there.Contains));
    }

    private static string? Find(string command, string? path, string? endings, bool isWindows, string there)
    {
        var files = there.Split('|');
        return ProgramPath.Find(
            command, name => name switch { "PATH" => path, "PATHEXT" => endings, _ => null }, isWindows, file => files.Contains(file));
    }
}
