using System.Text;

namespace KubeSa.Sandbox.Decoding;

/// <summary>Finds what is wrong with JSON and says it as Go's encoding/json does: its words reach clients in messages.</summary>
internal sealed class GoJson
{
    private const string EndOfInput = "unexpected end of JSON input";

    private readonly byte[] _text;
    private int _at;

    private GoJson(byte[] text) => _text = text;

    /// <summary>Null when the text is one JSON value, else Go's complaint.</summary>
    public static string? Check(byte[] text)
    {
        try
        {
            var scanner = new GoJson(text);
            scanner.Value();
            scanner.Blanks();
            return scanner._at < text.Length ? scanner.Invalid("after top-level value") : null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private void Value()
    {
        Blanks();
        var c = Peek();
        switch (c)
        {
            case '{':
                Members();
                break;
            case '[':
                Elements();
                break;
            case '"':
                Text();
                break;
            case 't':
                Literal("true");
                break;
            case 'f':
                Literal("false");
                break;
            case 'n':
                Literal("null");
                break;
            default:
                Number(c);
                break;
        }
    }

    private void Members()
    {
        _at++;
        Blanks();
        if (Peek() == '}')
        {
            _at++;
            return;
        }

        while (true)
        {
            Blanks();
            Require('"', "looking for beginning of object key string", advance: false);
            Text();
            Blanks();
            Require(':', "after object key");
            Value();
            Blanks();
            if (Peek() == '}')
            {
                _at++;
                return;
            }

            Require(',', "after object key:value pair");
        }
    }

    private void Elements()
    {
        _at++;
        Blanks();
        if (Peek() == ']')
        {
            _at++;
            return;
        }

        while (true)
        {
            Value();
            Blanks();
            if (Peek() == ']')
            {
                _at++;
                return;
            }

            Require(',', "after array element");
        }
    }

    private void Text()
    {
        _at++;
        for (var c = Peek(); c != '"'; c = Peek())
        {
            if (c < ' ')
            {
                throw new FormatException(Invalid("in string literal"));
            }

            _at += c == '\\' ? 2 : 1;
        }

        _at++;
    }

    private void Literal(string word)
    {
        for (var i = 0; i < word.Length; i++, _at++)
        {
            if (Peek() != word[i])
            {
                throw new FormatException(Invalid($"in literal {word} (expecting {Quote(word[i])})"));
            }
        }
    }

    private void Number(char first)
    {
        if (first != '-' && !char.IsAsciiDigit(first))
        {
            throw new FormatException(Invalid("looking for beginning of value"));
        }

        _at++;
        while (_at < _text.Length && (char.IsAsciiDigit((char)_text[_at]) || "+-.eE".Contains((char)_text[_at], StringComparison.Ordinal)))
        {
            _at++;
        }
    }

    private void Require(char expected, string context, bool advance = true)
    {
        if (Peek() != expected)
        {
            throw new FormatException(Invalid(context));
        }

        _at += advance ? 1 : 0;
    }

    private void Blanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private char Peek() => _at < _text.Length ? (char)_text[_at] : throw new FormatException(EndOfInput);

    private string Invalid(string context) => $"invalid character {Quote((char)_text[_at])} {context}";

    private static string Quote(char c) => c switch
    {
        '\'' => @"'\''",
        '"' => "'\"'",
        '\n' => @"'\n'",
        '\r' => @"'\r'",
        '\t' => @"'\t'",
        < ' ' or > '~' => $"'\\x{(int)c:x2}'",
        _ => new StringBuilder().Append('\'').Append(c).Append('\'').ToString(),
    };
}
