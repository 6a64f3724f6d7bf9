using System.IO.Compression;
using KubeSa.Api;

namespace KubeSa.Analysis.Snapshot;

/// <summary>Snapshots in files: JSON, or JSON packed by gzip.</summary>
internal static class SnapshotFile
{
    private const string Packed = ".gz";

    /// <summary>
    /// Reads one; FileNotFound where the file cannot be read, InvalidSnapshot where it is none. Whether it is packed is told by its
    /// first bytes.
    /// </summary>
    internal static async Task<AccessSnapshot> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                return await ReadAsync(file, stop).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException or UnsuitableFileException)
        {
            throw new KubeApiException(FailureKind.InvalidSnapshot, $"'{path}' cannot be used: {failure.Message} Export-KubeAccessSnapshot writes snapshots.", path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' cannot be read: {failure.Message}", path);
        }
    }

    private static async Task<AccessSnapshot> ReadAsync(FileStream file, CancellationToken stop)
    {
        Stream content = IsPacked(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bounded = new BoundedStream(content, TextFile.LongestDocuments);
        return await SnapshotJson.ReadAsync(bounded, stop).ConfigureAwait(false);
    }

    /// <summary>By the first bytes; what cannot be read twice, such as a pipe, by its name.</summary>
    private static bool IsPacked(FileStream file)
    {
        if (!file.CanSeek)
        {
            return file.Name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);
        }

        Span<byte> start = stackalloc byte[2];
        var isPacked = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x1f, 0x8b];
        file.Position = 0;
        return isPacked;
    }

    /// <summary>The bytes of a file of that name: packed where it ends in .gz.</summary>
    internal static async Task<byte[]> BytesAsync(string path, AccessSnapshot snapshot, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        if (path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase))
        {
            using var packing = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true);
            await SnapshotJson.WriteAsync(packing, snapshot, stop).ConfigureAwait(false);
        }
        else
        {
            await SnapshotJson.WriteAsync(bytes, snapshot, stop).ConfigureAwait(false);
        }

        return bytes.ToArray();
    }
}
