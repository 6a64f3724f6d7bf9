using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace KubeSa.EndToEnd;

/// <summary>Assemblies that were compiled ahead of time.</summary>
internal static class AheadImages
{
    /// <summary>Where those for this machine lie in module/bin.</summary>
    internal static string Folder { get; } = Path.Combine(
        $"net{Environment.Version.Major}.0",
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");

    /// <summary>The processor and system that an image was compiled for; null for plain IL.</summary>
    internal static ushort? MachineOf(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0 ? (ushort)image.PEHeaders.CoffHeader.Machine : null;
    }
}
