using System.Globalization;
using KubeSa.Api;

namespace KubeSa.Connections;

/// <summary>
/// Tells whether what a connection was made from is still the same: the environment and the files it names, with
/// their sizes and times. The contents are not read.
/// </summary>
internal static class ConnectionFingerprint
{
    internal static string Of(ConnectionOptions options)
    {
        var files = KubeConfigPaths.Of(options.KubeConfig, options.WorkingDirectory, Environment.GetEnvironmentVariable);
        return string.Join('|', files.Select(Stamp)
            .Append(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"))
            .Append(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT")));
    }

    private static string Stamp(string path)
    {
        // A NUL is in no file's name, and the library throws at it.
        var file = path.Contains('\0', StringComparison.Ordinal) ? null : new FileInfo(path);
        return file?.Exists == true
            ? string.Create(CultureInfo.InvariantCulture, $"{path}:{file.Length}:{file.LastWriteTimeUtc.Ticks}")
            : path;
    }
}
