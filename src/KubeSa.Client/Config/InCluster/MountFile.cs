using KubeSa.Api;

namespace KubeSa.Client.Config.InCluster;

/// <summary>A file of a mount as it was found. A class and no record: a record's ToString would print the token.</summary>
internal sealed class MountFile
{
    // The largest file a mount is made of is bounded by etcd's limit on objects.
    private const int LargestBytes = 2 * 1024 * 1024;

    private MountFile(string path, bool exists, string? text, string? problem)
    {
        Path = path;
        Exists = exists;
        Text = text;
        Problem = problem;
    }

    internal string Path { get; }

    internal bool Exists { get; }

    /// <summary>The content; null where it is not there or cannot be read.</summary>
    internal string? Text { get; }

    /// <summary>Why it cannot be read; null where it can, or is not there.</summary>
    internal string? Problem { get; }

    /// <summary>What it points to, where it is a link to something that is not there.</summary>
    internal string? BrokenLink { get; private init; }

    internal static MountFile Read(string path)
    {
        try
        {
            return new MountFile(path, exists: true, TextFile.Read(path, LargestBytes), problem: null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new MountFile(path, exists: false, text: null, problem: null) { BrokenLink = new FileInfo(path).LinkTarget };
        }
        catch (UnauthorizedAccessException)
        {
            return new MountFile(path, exists: true, text: null,
                Directory.Exists(path) ? "it is a directory" : $"this process may not read it{ModeOf(path)}");
        }
        catch (UnsuitableFileException e)
        {
            return new MountFile(path, exists: true, text: null, e.Message);
        }
        catch (IOException e)
        {
            return new MountFile(path, exists: true, text: null, $"reading it fails ({e.GetType().Name})");
        }
    }

    private static string ModeOf(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? string.Empty : $"; its mode is 0{Convert.ToString((int)File.GetUnixFileMode(path), 8)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Even its mode may be hidden, where the folder may not be looked into.
            return string.Empty;
        }
    }
}
