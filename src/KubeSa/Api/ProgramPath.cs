namespace KubeSa.Api;

/// <summary>Where a program is, as the system's own shell and kubectl look for it; the system is a parameter.</summary>
internal static class ProgramPath
{
    // What Windows itself takes where PATHEXT says nothing.
    private const string UsualEndings = ".com;.exe;.bat;.cmd";

    /// <summary>The program's file; null where there is none. Never looked for in the current folder: anybody may have put something there.</summary>
    /// <param name="command">A name, or a full path, to which Windows adds an ending.</param>
    /// <param name="environment">For PATH and PATHEXT.</param>
    /// <param name="isWindows">Whether endings make a file a program.</param>
    /// <param name="exists">Whether a file is there.</param>
    internal static string? Find(string command, Func<string, string?> environment, bool isWindows, Func<string, bool> exists)
    {
        var names = Names(command, environment, isWindows);
        if (IsPath(command, isWindows))
        {
            return names.FirstOrDefault(exists);
        }

        return Folders(environment("PATH") ?? string.Empty, isWindows)
            .SelectMany(folder => names.Select(name => isWindows ? $"{folder.TrimEnd('\\', '/')}\\{name}" : $"{folder.TrimEnd('/')}/{name}"))
            .FirstOrDefault(exists);
    }

    /// <summary>Whether a command is a path, relative or not.</summary>
    /// <param name="command">As a kubeconfig has it.</param>
    /// <param name="isWindows">Where the backslash divides, too.</param>
    internal static bool IsPath(string command, bool isWindows) =>
        command.Contains('/', StringComparison.Ordinal) || (isWindows && command.AsSpan().ContainsAny('\\', ':'));

    // On Windows az is a script for other systems' shells that lies beside az.cmd: a file without an ending is no program there.
    private static List<string> Names(string command, Func<string, string?> environment, bool isWindows)
    {
        if (!isWindows)
        {
            return [command];
        }

        var listed = environment("PATHEXT");
        var endings = (string.IsNullOrWhiteSpace(listed) ? UsualEndings : listed)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(ending => ending.StartsWith('.') ? ending : "." + ending).ToList();
        var hasOne = endings.Any(ending => command.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return [.. hasOne ? [command] : Array.Empty<string>(), .. endings.Select(ending => command + ending)];
    }

    // Windows allows quotes around a folder, and a semicolon inside them.
    private static IEnumerable<string> Folders(string path, bool isWindows)
    {
        if (!isWindows)
        {
            return path.Split(':').Where(folder => folder.StartsWith('/'));
        }

        var quoted = false;
        var folders = new List<string>();
        var folder = new System.Text.StringBuilder();
        foreach (var letter in path + ";")
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ';' && !quoted)
            {
                folders.Add(folder.ToString().Trim());
                folder.Clear();
            }
            else
            {
                folder.Append(letter);
            }
        }

        // A quote that is never closed quotes to the end.
        folders.Add(folder.ToString().TrimEnd(';').Trim());
        return folders.Where(IsFull);
    }

    private static bool IsFull(string folder) =>
        folder.StartsWith(@"\\", StringComparison.Ordinal) || (folder.Length > 2 && char.IsAsciiLetter(folder[0]) && folder[1] == ':' && folder[2] is '\\' or '/');
}
