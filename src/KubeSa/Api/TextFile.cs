using System.Globalization;

namespace KubeSa.Api;

/// <summary>
/// The one way in which files are read: no more than a limit, and not for ever. A path may lead to a device without end, or
/// to a pipe to which nobody writes; pipes are read all the same, for <c>-KubeConfig &lt;(...)</c> is one.
/// </summary>
public static class TextFile
{
    /// <summary>
    /// The longest file with credentials or settings, in bytes. A token or a bundle of certificates has kilobytes; a
    /// kubeconfig with a thousand clusters and their certificates has 5 MB.
    /// </summary>
    public const int LongestSettings = 32 * 1024 * 1024;

    /// <summary>The longest file with documents, in bytes: all Secrets of a cluster at etcd's usual limit would be 2 GB, and ten thousand token Secrets are 60 MB.</summary>
    public const int LongestDocuments = 256 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reads a file; an IOException, or an UnauthorizedAccessException, where it cannot be read.</summary>
    public static string Read(string path, int most = LongestSettings) => ReadAsync(path, most, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Read"/>
    /// <param name="path">The file.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <param name="patience">How long to wait for a pipe or a device; ten seconds where this is left out.</param>
    public static async Task<string> ReadAsync(string path, int most, CancellationToken stop, TimeSpan? patience = null)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new UnsuitableFileException("its name holds a NUL character");
        }

        // Pipes and devices say that they are empty, and alone can keep whoever opens or reads them waiting.
        if (new FileInfo(path) is { Exists: true, Length: > 0 })
        {
            return ReadNow(path, most);
        }

        var reading = Task.Factory.StartNew(() => ReadNow(path, most), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var limit = patience ?? Patience;
        try
        {
            return await reading.WaitAsync(limit, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Release(path);
            throw;
        }
        catch (TimeoutException)
        {
            Release(path);
            throw new UnsuitableFileException(string.Create(
                CultureInfo.InvariantCulture, $"it is a pipe or a device, and what was to be read from it did not come to an end within {limit.TotalSeconds:0.#} s"));
        }
    }

    private static string ReadNow(string path, int most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.CanSeek && file.Length > most)
        {
            throw TooLong(most);
        }

        using var content = new MemoryStream(file.CanSeek ? (int)file.Length : 0);
        var piece = new byte[16 * 1024];
        while (file.Read(piece) is var count and > 0)
        {
            if (content.Length + count > most)
            {
                throw TooLong(most);
            }

            content.Write(piece, 0, count);
        }

        content.Position = 0;
        using var text = new StreamReader(content);
        return text.ReadToEnd();
    }

    private static UnsuitableFileException TooLong(int most) => new($"it is longer than {most / 1024 / 1024} MB");

    /// <summary>Whoever waits for a pipe's writer is let go by one that comes and leaves; where we may not write, a thread stays behind.</summary>
    private static void Release(string path) => _ = Task.Factory.StartNew(
        () =>
        {
            try
            {
                using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // It is none, or not ours.
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
