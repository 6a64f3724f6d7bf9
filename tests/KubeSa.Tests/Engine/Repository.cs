using System.Reflection;

namespace KubeSa.Tests.Engine;

/// <summary>Where the checkout is that these tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    internal static string Manifest => Path.Combine(Root, "KubeSa.psd1");

    internal static string ModuleBin => Path.Combine(Root, "module", "bin");
}
