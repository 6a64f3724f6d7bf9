using System.Text;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>Writes files that hold credentials: for their owner alone from the first byte, and whole or not at all.</summary>
internal static class PrivateFile
{
    internal static void Write(string path, string text, bool replace)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}");
        try
        {
            using (var file = new FileStream(temporary, New()))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: replace);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            RequireAbsent(path, replace);
            throw new KubeApiException(FailureKind.FileNotFound, $"'{path}' cannot be written: {failure.Message}", path);
        }
    }

    /// <summary>FileAlreadyExists where something is there that must not be replaced.</summary>
    internal static void RequireAbsent(string path, bool replace)
    {
        if (!replace && Path.Exists(path))
        {
            throw new KubeApiException(
                FailureKind.FileAlreadyExists, $"'{path}' exists already and was left as it is; -Force replaces it.", path);
        }
    }

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
