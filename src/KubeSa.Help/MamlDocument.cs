using System.Xml.Linq;

namespace KubeSa.Help;

/// <summary>
/// The file Get-Help reads, in the MAML it knows. What is not documented elsewhere of that form is to be seen in
/// PowerShell's MamlNode and in its view of help.
/// </summary>
internal static class MamlDocument
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static XDocument Of(IReadOnlyList<CmdletDescription> cmdlets, IReadOnlyList<HelpPage> pages) => new(
        new XElement(
            Root + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            cmdlets.Select(cmdlet => Of(cmdlet, pages.FirstOrDefault(page => page.Cmdlet == cmdlet.Name)))));

    private static XElement Of(CmdletDescription cmdlet, HelpPage? page)
    {
        var visible = cmdlet.Parameters.Where(parameter => !parameter.Hidden).ToList();
        return new XElement(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Text("description", cmdlet.Synopsis)),
            Text("description", page?.Description ?? []),
            new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set => Syntax(cmdlet.Name, set, visible))),
            new XElement(Command + "parameters", visible.Select(Full)),
            new XElement(Command + "inputTypes", Inputs(cmdlet.Parameters)),
            new XElement(Command + "returnValues", Outputs(cmdlet.Outputs)),
            page is { Notes.Count: > 0 } ? new XElement(Maml + "alertSet", Text("alert", page.Notes)) : null,
            new XElement(Command + "examples", page?.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", OnlineFirst(cmdlet.OnlinePage, page?.Links ?? []).Select(Link)));
    }

    private static XElement Text(string name, IEnumerable<string> paragraphs) =>
        new(Maml + name, paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));

    private static XElement Syntax(string cmdlet, string? set, IReadOnlyList<ParameterDescription> parameters) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet),
        parameters.Where(parameter => parameter.In(set) is not null)
            .OrderBy(parameter => parameter.In(set)!.Position ?? int.MaxValue)
            .ThenBy(parameter => parameter.In(set)!.Mandatory ? 0 : 1)
            .Select(parameter => Parameter(
                parameter,
                parameter.In(set)!,
                text: null,
                parameter.Values.Count > 0 && !parameter.IsSwitch
                    ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => Value(value, required: true)))
                    : parameter.IsSwitch ? null : Value(parameter.TypeName, required: true))));

    private static XElement Full(ParameterDescription parameter) =>
        Parameter(
        parameter, Overall(parameter), Text("description", parameter.Text), Value(parameter.TypeName, required: !parameter.IsSwitch));

    // Where sets differ, help says what holds for some of them; the syntax says which.
    private static ParameterUse Overall(ParameterDescription parameter) => new(
        null,
        parameter.Uses.All(use => use.Mandatory),
        parameter.Uses.Min(use => use.Position),
        parameter.Uses.Any(use => use.ByValue),
        parameter.Uses.Any(use => use.ByPropertyName));

    private static XElement Parameter(ParameterDescription parameter, ParameterUse use, XElement? text, XElement? value) => new(
        Command + "parameter",
        new XAttribute("required", use.Mandatory),
        new XAttribute("variableLength", true),
        new XAttribute("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", Pipeline(use)),
        new XAttribute("position", use.Position?.ToString() ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        text,
        value,
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.Default ?? "None"));

    private static string Pipeline(ParameterUse use) => (use.ByValue, use.ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static XElement Value(string text, bool required) => new(
        Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", false), text);

    private static IEnumerable<XElement> Inputs(IReadOnlyList<ParameterDescription> parameters)
    {
        var byValue = parameters.Where(parameter => parameter.Uses.Any(use => use.ByValue)).ToList();
        foreach (var parameter in byValue)
        {
            yield return Typed("inputType", parameter.Type.ToString(), [$"Piped objects are bound to -{parameter.Name}."]);
        }

        var byName = parameters.Where(parameter => parameter.Uses.Any(use => use.ByPropertyName)).Select(parameter => parameter.Name).ToList();
        if (byName.Count > 0)
        {
            yield return Typed(
                "inputType", "System.Object", [$"Properties of piped objects are bound to parameters of the same names: {string.Join(", ", byName)}."]);
        }
        else if (byValue.Count == 0)
        {
            yield return Typed("inputType", "None", []);
        }
    }

    private static IEnumerable<XElement> Outputs(IReadOnlyList<OutputDescription> outputs) => outputs.Count == 0
        ? [Typed("returnValue", "None", [])]
        : outputs.Select(output => Typed("returnValue", output.Type, output.Text));

    private static XElement Typed(string name, string type, IReadOnlyList<string> text) => new(
        Command + name, new XElement(Dev + "type", new XElement(Maml + "name", type)), Text("description", text));

    private static XElement Example(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"Example {index + 1}: {example.Title}"),
        new XElement(Dev + "code", example.Code),
        // What is in the code is pasted and run, so the output stands below it. An empty paragraph ends it: without one the next example begins right below.
        new XElement(Dev + "remarks", Output(example).Concat(example.Remarks).Append(string.Empty).Select(paragraph => new XElement(Maml + "para", paragraph))));

    private static IEnumerable<string> Output(HelpExample example) => example.Output is null ? [] : [example.Output, string.Empty];

    // Get-Help -Online opens the first address that it finds.
    private static IEnumerable<HelpLink> OnlineFirst(string? page, IEnumerable<HelpLink> links) =>
        page is null ? links : links.Prepend(new HelpLink("Online version", page));

    private static XElement Link(HelpLink link) => new(
        Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address));
}
