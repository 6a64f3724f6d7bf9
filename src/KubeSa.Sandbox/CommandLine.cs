using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KubeSa.Sandbox.Audit;

namespace KubeSa.Sandbox;

/// <summary>The arguments of the program.</summary>
internal sealed record CommandLine(SandboxOptions Options, bool ExitsWithStdin)
{
    private const string Usage = "usage: kubesa-sandbox [--scenario NAME] [--port N] [--directory DIR] [--run-pods] [--audit-log FILE] [--audit-policy NAME] [--exit-with-stdin]";

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? command, [NotNullWhen(false)] out string? problem)
    {
        var parsed = new CommandLine(new SandboxOptions(), false);
        (command, problem) = (null, null);
        for (var i = 0; i < args.Length && problem is null; i++)
        {
            if (args[i] == "--exit-with-stdin")
            {
                parsed = parsed with { ExitsWithStdin = true };
            }
            else if (args[i] == "--run-pods")
            {
                parsed = parsed with { Options = parsed.Options with { RunsPods = true } };
            }
            else if (args[i] is not ("--scenario" or "--port" or "--directory" or "--audit-log" or "--audit-policy"))
            {
                problem = $"unknown argument '{args[i]}'";
            }
            else if (i + 1 == args.Length)
            {
                problem = $"{args[i]} needs a value";
            }
            else
            {
                problem = Take(args[i], args[++i], ref parsed);
            }
        }

        if (problem is null)
        {
            command = parsed;
            return true;
        }

        problem = $"{problem}\n{Usage}";
        return false;
    }

    private static string? Take(string name, string value, ref CommandLine parsed)
    {
        var options = parsed.Options;
        switch (name)
        {
            case "--scenario":
                parsed = parsed with { Options = options with { Scenario = value } };
                return Composition.Scenarios.ContainsKey(value)
                    ? null
                    : $"there is no scenario '{value}'; there are: {string.Join(", ", Composition.Scenarios.Keys)}";
            case "--port":
                var isPort = ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port);
                parsed = parsed with { Options = options with { Port = port } };
                return isPort ? null : $"'{value}' is no port; give 0 to 65535, 0 for a free one";
            case "--audit-log":
                parsed = parsed with { Options = options with { AuditLog = value } };
                return null;
            case "--audit-policy":
                parsed = parsed with { Options = options with { AuditPolicy = value } };
                return AuditPolicy.Names.Contains(value) ? null : $"there is no audit policy '{value}'; there are: {string.Join(", ", AuditPolicy.Names)}";
            default:
                parsed = parsed with { Options = options with { Directory = value } };
                return null;
        }
    }
}
