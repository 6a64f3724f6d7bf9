using System.Runtime.InteropServices;

namespace KubeSa.Loading;

/// <summary>
/// Finds the image of an assembly that was compiled ahead of time for this process. It lies at
/// module/bin/&lt;framework&gt;/&lt;platform&gt;, under the same name and with the same identity as the plain one in module/bin, which
/// runs everywhere.
/// </summary>
/// <remarks>Part of KubeSa.Loader and of KubeSa: neither can use the other's.</remarks>
internal static class CompiledAhead
{
    // As the runtime's own library has it: processor and system in one number, which plain IL never has.
    private static readonly Lazy<ushort?> Machine = new(() => MachineOf(typeof(object).Assembly.Location));

    /// <summary>The folder's name for a process: code for another runtime version would be passed over by it anyway.</summary>
    internal static string Folder { get; } = Path.Combine($"net{Environment.Version.Major}.0", Platform());

    /// <summary>The image that fits this process; null where there is none.</summary>
    /// <param name="bin">module/bin.</param>
    /// <param name="file">The assembly's path in it.</param>
    internal static string? Find(string bin, string file)
    {
        var path = Path.Combine(bin, Folder, file);

        // Looked at before it is loaded: after a failure the runtime would refuse the plain one of that name, too.
        return File.Exists(path) && Machine.Value is { } here && MachineOf(path) == here ? path : null;
    }

    private static string Platform()
    {
        // One for all of Linux: what is compiled for glibc and for musl is the same, byte by byte.
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var processor = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => "other",
        };
        return $"{system}-{processor}";
    }

    private static ushort? MachineOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        // DOS header: where the PE header is; there: "PE", two zeros, the machine.
        Span<byte> head = stackalloc byte[1024];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.Length < 0x40)
        {
            return null;
        }

        var header = BitConverter.ToInt32(head[0x3c..]);
        return header > 0 && header <= head.Length - 6 && head[header..].StartsWith("PE\0\0"u8) ? BitConverter.ToUInt16(head[(header + 4)..]) : null;
    }
}
