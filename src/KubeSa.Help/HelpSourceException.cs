namespace KubeSa.Help;

/// <summary>A help page or comment that help cannot be made of; the message has the form that MSBuild shows as an error.</summary>
internal sealed class HelpSourceException(string file, int line, string message)
    : Exception($"{file}({line}): error KUBESAHELP: {message}");
