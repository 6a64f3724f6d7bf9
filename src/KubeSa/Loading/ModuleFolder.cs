namespace KubeSa.Loading;

/// <summary>Where the module lies.</summary>
internal static class ModuleFolder
{
    /// <summary>module/bin, whether this assembly was loaded from it or from a folder of compiled images in it.</summary>
    internal static string Bin { get; } = FindBin(Path.GetDirectoryName(typeof(ModuleFolder).Assembly.Location)!);

    /// <summary>The folder of KubeSa.psd1.</summary>
    internal static string Root { get; } = Path.GetFullPath(Path.Combine(Bin, "..", ".."));

    private static string FindBin(string mine)
    {
        var above = Path.GetFullPath(Path.Combine(mine, "..", ".."));
        return File.Exists(Path.Combine(above, "KubeSa.Loader.dll")) ? above : mine;
    }
}
