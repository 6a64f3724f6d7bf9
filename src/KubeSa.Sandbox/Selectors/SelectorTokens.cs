namespace KubeSa.Sandbox.Selectors;

/// <summary>The words and signs of a label selector, one after the other.</summary>
internal sealed class SelectorTokens
{
    private const string Signs = "(),!=<>";

    private readonly List<string> _tokens = [];
    private int _at;

    public SelectorTokens(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            if (!Signs.Contains(text[i], StringComparison.Ordinal))
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !Signs.Contains(text[i], StringComparison.Ordinal))
                {
                    i++;
                }
            }
            else
            {
                i += text[i..].StartsWith("==", StringComparison.Ordinal) || text[i..].StartsWith("!=", StringComparison.Ordinal) ? 2 : 1;
            }

            _tokens.Add(text[start..i]);
        }
    }

    public bool AtEnd => _at == _tokens.Count;

    public string Next => AtEnd ? "" : _tokens[_at];

    public string Take() => AtEnd ? "" : _tokens[_at++];

    public bool Skip(string token)
    {
        var there = Next == token;
        _at += there ? 1 : 0;
        return there;
    }

    public void Expect(string token)
    {
        if (!Skip(token))
        {
            throw LabelSelector.Unparsable(token == "," ? $"found '{Next}', expected: ',' or 'end of string'" : $"found '{Next}' expected: '{token}'");
        }
    }

    public string Word(string expected) =>
        !AtEnd && !Signs.Contains(Next[0], StringComparison.Ordinal)
            ? Take()
            : throw LabelSelector.Unparsable($"found '{Next}', expected: {expected}");
}
