using System.Text.RegularExpressions;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Structure;

/// <summary>A type's name says what it is to somebody who sees it for the first time, and a file's name stands for one thing.</summary>
public sealed partial class NamesTests
{
    // Names that the code had once: each is a word of everyday speech that tells a newcomer nothing, or means something else
    // in Kubernetes ("access" is left to RBAC) or in .NET.
    private static readonly HashSet<string> SayNothing =
    [
        "Access", "ExplicitAccess", "KubeConfigAccess", "MountAccess", "Connector",
        "Ask", "Answer", "RefusedException", "Refusals", "Failures", "NetworkFailures",
        "OwnWords", "Quotes", "Servers", "Rehearsal", "RepeatedHeaders", "Authorities",
        "ServerCertificates", "BrokenStreams", "Proxies", "PluginWords", "KubeConfigText", "Values",
        "Interview", "OutsideView", "TokenObjects", "ApiProbe", "ProbeClient",
        "Words", "Answers", "Telling", "Clocks", "Outcomes", "Remake", "TokenWords", "Masks",
        "TabMoment", "ClusterNames", "ConnectionStamp",
        "Kind", "Accepted", "Presentation", "Dialect", "Admitting", "ClusterBase", "Parts", "Go",
        "Bench", "Healthy", "Normal", "Order", "Typed", "Volatile",
    ];

    // Each program has its own; nobody looks for it by its name.
    private static readonly HashSet<string> InEveryProject = ["Program.cs"];

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var types = Sources().SelectMany(file => TypeDeclaration().Matches(File.ReadAllText(file)).Select(match => (file, Name: match.Groups["name"].Value))).ToList();
        Assert.Contains(types, type => type.Name == nameof(NamesTests));
        Assert.Empty(types.Where(type => SayNothing.Contains(type.Name)).Select(type => $"{Path.GetRelativePath(Repository.Root, type.file)}: {type.Name}"));
    }

    [Fact]
    public void No_file_name_stands_for_two_things()
    {
        var twice = Sources()
            .GroupBy(file => Path.GetFileName(file), StringComparer.OrdinalIgnoreCase)
            .Where(files => files.Count() > 1 && !InEveryProject.Contains(files.Key))
            .Select(files => string.Join(", ", files.Select(file => Path.GetRelativePath(Repository.Root, file))));
        Assert.Empty(twice);
    }

    private static readonly string[] Folders = ["src", "tests"];

    private static List<string> Sources() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !MadeByTheBuild().IsMatch(file))
        .ToList();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|record struct|record class)\s+(?<name>[A-Z]\w*)(?=\s*[\(<:;{]|\s*$)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]")]
    private static partial Regex MadeByTheBuild();
}
