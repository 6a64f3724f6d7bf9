using System.Text.RegularExpressions;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>Who may use what, read from the code's own words.</summary>
public sealed partial class ArchitectureTests
{
    private const string PowerShell = @"System\.Management\.Automation";
    private const string Kubernetes = @"\bk8s\b";

    // Each room, and the rooms it may use; its own rooms and those it lies in need no mention. Nobody else is used.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["KubeSa"] = ["KubeSa.Secrecy"],
        ["KubeSa.Secrecy"] = ["KubeSa.Api"],
        ["KubeSa.Api"] = ["KubeSa.Secrecy", "KubeSa.Analysis.Snapshot"],
        ["KubeSa.Formatting"] = ["KubeSa.Secrecy"],
        ["KubeSa.Rbac"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Analysis.Snapshot"],
        ["KubeSa.Diagnosis"] = ["KubeSa.Diagnosis.Checks", "KubeSa.Formatting", "KubeSa.Secrecy"],
        ["KubeSa.Diagnosis.Checks"] = ["KubeSa.Diagnosis", "KubeSa.Secrecy"],
        ["KubeSa.Diagnosis.Gathering"] = ["KubeSa.Api", "KubeSa.Diagnosis", "KubeSa.Rbac", "KubeSa.Secrecy"],
        ["KubeSa.Analysis"] = ["KubeSa.Api", "KubeSa.Rbac", "KubeSa.Formatting", "KubeSa.Secrecy"],
        ["KubeSa.Loading"] = ["KubeSa.Api"],
        ["KubeSa.Connections"] = ["KubeSa.Api", "KubeSa.Loading", "KubeSa.Secrecy"],
        ["KubeSa.RunAs"] = ["KubeSa.Api", "KubeSa.Loading", "KubeSa.Secrecy"],
        ["KubeSa.Completion"] = ["KubeSa.Api", "KubeSa.Connections", "KubeSa.Loading", "KubeSa.Secrecy"],
        ["KubeSa.Cmdlets"] =
        [
            "KubeSa.Analysis", "KubeSa.Api", "KubeSa.Completion", "KubeSa.Connections", "KubeSa.Diagnosis", "KubeSa.Formatting", "KubeSa.Loading", "KubeSa.Rbac",
            "KubeSa.RunAs", "KubeSa.Secrecy",
        ],

        // Of KubeSa the client knows the port, the data and what keeps credentials out of texts.
        ["KubeSa.Client.Json"] = [],
        ["KubeSa.Client.Yaml"] = [],
        ["KubeSa.Client.Errors"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Json"],
        ["KubeSa.Client.Tokens"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Json"],
        ["KubeSa.Client.Secrets"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Json", "KubeSa.Client.Tokens", "KubeSa.Client.Yaml"],
        ["KubeSa.Client.Config"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Json", "KubeSa.Client.Secrets", "KubeSa.Client.Tokens", "KubeSa.Client.Yaml"],
        ["KubeSa.Client.Http"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Config", "KubeSa.Client.Errors"],
        ["KubeSa.Client.Resources"] =
        [
            "KubeSa.Analysis.Snapshot", "KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Config", "KubeSa.Client.Errors", "KubeSa.Client.Http", "KubeSa.Client.Json",
            "KubeSa.Client.Secrets", "KubeSa.Client.Tokens", "KubeSa.Client.Yaml",
        ],
        ["KubeSa.Client.ProbeJobs"] = ["KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Errors", "KubeSa.Client.Json", "KubeSa.Client.Resources"],
        ["KubeSa.Client.Snapshot"] =
        [
            "KubeSa.Analysis.Snapshot", "KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Errors", "KubeSa.Client.Json", "KubeSa.Client.Resources",
        ],
        ["KubeSa.Client.NetworkDiagnosis"] =
        [
            "KubeSa.Api", "KubeSa.Secrecy", "KubeSa.Client.Config", "KubeSa.Client.Errors", "KubeSa.Client.Http", "KubeSa.Client.Json",
            "KubeSa.Client.Resources.Discovery", "KubeSa.Client.Secrets", "KubeSa.Client.Tokens",
        ],
    };

    /// <summary>The rooms as docs/ARCHITECTURE.md draws them. A room of a room may use what that may.</summary>
    [Fact]
    public void A_room_uses_only_what_it_may()
    {
        var offences = Sources("src/KubeSa").Concat(Sources("src/KubeSa.Client")).SelectMany(file =>
        {
            var code = Code(file);
            var own = Namespace().Match(code).Groups["name"].Value;
            if (own == "KubeSa.Client")
            {
                // The way in puts everything together.
                return [];
            }

            var room = RoomOf(own);
            return Using().Matches(code).Select(match => match.Groups["name"].Value)
                .Where(used => !IsWithin(own, used) && !IsWithin(used, room) && !MayUse[room].Any(may => IsWithin(used, may)))
                .Select(used => $"{Path.GetRelativePath(Repository.Root, file)}: {own} uses {used}");
        });
        Assert.Empty(offences);
    }

    /// <summary>A type of another room that is named with a part of its namespace needs no using, and so would not be seen above.</summary>
    [Fact]
    public void Rooms_are_named_by_usings_alone()
    {
        var rooms = MayUse.Keys.Where(room => !room.StartsWith("KubeSa.Client.", StringComparison.Ordinal)).Select(room => room.Split('.')[^1]).Where(name => name is not ("KubeSa" or "Api")).Distinct();
        var qualified = new Regex($@"(?<![\w.""])({string.Join('|', rooms)})\.(?!cs\b)[A-Z]\w+[.(]");
        var offences = Sources("src/KubeSa/Model").Concat(Sources("src/KubeSa/Api")).Concat(Sources("src/KubeSa/Rbac")).Concat(Sources("src/KubeSa/Formatting"))
            .SelectMany(file => Code(file).Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal) && qualified.IsMatch(line))
                .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}"));
        Assert.Empty(offences);
    }

    [Fact]
    public void A_namespace_follows_its_folder()
    {
        var offences = Sources("src/KubeSa.Client").Where(file =>
        {
            var folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            return Namespace().Match(Code(file)).Groups["name"].Value != folder;
        });
        Assert.Empty(offences.Select(file => Path.GetRelativePath(Repository.Root, file)));
    }

    [Fact]
    public void Every_room_of_the_client_is_drawn_in_the_docs()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ARCHITECTURE.md"));
        var rooms = MayUse.Keys.Where(room => room.StartsWith("KubeSa.Client.", StringComparison.Ordinal)).Select(room => room["KubeSa.Client.".Length..]);
        Assert.DoesNotContain(rooms, room => !page.Contains($"| src/KubeSa.Client/{room} |", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/KubeSa/Model", PowerShell + "|" + Kubernetes)]
    [InlineData("src/KubeSa/Api", PowerShell + "|" + Kubernetes)]
    [InlineData("src/KubeSa/Diagnosis", PowerShell + "|" + Kubernetes + @"|System\.Net\.Http")]
    [InlineData("src/KubeSa/Rbac", PowerShell + "|" + Kubernetes + @"|System\.Net\.Http")]
    [InlineData("src/KubeSa/Analysis", PowerShell + "|" + Kubernetes + @"|System\.Net\.Http")]
    [InlineData("src/KubeSa/Formatting", PowerShell + "|" + Kubernetes)]
    [InlineData("src/KubeSa/Connections", Kubernetes + "|HttpClient")]
    [InlineData("src/KubeSa/RunAs", Kubernetes + "|HttpClient")]
    [InlineData("src/KubeSa/Completion", Kubernetes + "|HttpClient")]
    [InlineData("src/KubeSa/Cmdlets", Kubernetes + "|HttpClient")]
    [InlineData("src/KubeSa.Client", PowerShell)]
    [InlineData("src/KubeSa.Sandbox", PowerShell + @"|KubeSa\.Client|using k8s")]
    public void A_folder_knows_only_the_libraries_that_it_may(string folder, string never)
    {
        var files = Sources(folder);
        Assert.NotEmpty(files);
        var offences = files.SelectMany(file => Code(file).Split('\n')
            .Where(line => Regex.IsMatch(line, never))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}"));
        Assert.Empty(offences);
    }

    [Fact]
    public void Reflection_creates_the_gateway_and_nothing_else()
    {
        var uses = Sources("src/KubeSa").Where(file => File.ReadAllText(file).Contains("Activator.CreateInstance", StringComparison.Ordinal));
        Assert.Equal(["ClientLoadContext.cs"], uses.Select(file => Path.GetFileName(file)!));
    }

    [Fact]
    public void Only_cmdlets_of_the_bridge_wait_for_tasks()
    {
        var waits = Sources("src/KubeSa/Cmdlets").Where(file => Blocking().IsMatch(File.ReadAllText(file)));
        Assert.Equal(["KubeCmdlet.cs"], waits.Select(file => Path.GetFileName(file)!));
    }

    private static string RoomOf(string name)
    {
        var room = name;
        while (!MayUse.ContainsKey(room))
        {
            var dot = room.LastIndexOf('.');
            Assert.True(dot > 0, $"Nothing is said of what {name} may use.");
            room = room[..dot];
        }

        return room;
    }

    private static bool IsWithin(string name, string room) => name == room || name.StartsWith(room + ".", StringComparison.Ordinal);

    private static string Code(string file) => string.Join('\n', File.ReadLines(file).Select(line => Comment().Replace(line, string.Empty)));

    private static List<string> Sources(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    [GeneratedRegex(@"//.*|""[^""]*""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<name>KubeSa(\.\w+)*);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)")]
    private static partial Regex Blocking();
}
