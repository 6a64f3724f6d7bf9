using System.Reflection;
using System.Text.RegularExpressions;

namespace KubeSa.EndToEnd;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Checkout
{
    internal static string Root { get; } = Metadata("RepositoryRoot");

    internal static string Configuration { get; } = Metadata("Configuration");

    internal static string Tests { get; } = Path.Combine(Root, "tests");

    /// <summary>The cmdlets that the manifest exports.</summary>
    internal static IReadOnlyList<string> Cmdlets { get; } =
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Root, "KubeSa.psd1")), @"^\s+'(\w+-\w+)'\s*$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value),
    ];

    /// <summary>The Pester files, relative to the folder of the tests.</summary>
    internal static IReadOnlyList<string> PesterFiles { get; } =
    [
        .. Directory.EnumerateFiles(Tests, "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Tests, file).Replace('\\', '/')).Order(),
    ];

    private static string Metadata(string key) =>
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
