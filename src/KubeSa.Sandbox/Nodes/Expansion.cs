using System.Text;

namespace KubeSa.Sandbox.Nodes;

/// <summary>$(NAME) in a container's command, arguments and variables; $$ stands for one $, and what is not known stays as it is.</summary>
internal static class Expansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            var end = text[i] == '$' && next == '(' ? text.IndexOf(')', i) : -1;
            if (text[i] == '$' && next == '$')
            {
                result.Append('$');
                i++;
            }
            else if (end > 0)
            {
                result.Append(variables.TryGetValue(text[(i + 2)..end], out var value) ? value : text[i..(end + 1)]);
                i = end;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
