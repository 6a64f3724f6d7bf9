using System.Management.Automation;
using System.Security;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>
/// Tokens as users have them: a string, a SecureString, an object with a property Token; and text or objects in which a token's
/// meaning is certain, such as a Secret, kubectl's answers and a kubeconfig, whole or line by line. Each is read when it is used,
/// so that one that cannot be read does not keep the others back.
/// </summary>
internal sealed class TokenInput(Action<Notice> notify)
{
    private const string Scheme = "Bearer ";
    private readonly PipelineText _text = new();
    private bool _any;

    /// <summary>Takes what the pipeline brings and gives back each token that is whole; InvalidToken where there is none.</summary>
    internal IEnumerable<Func<string>> Add(object? input)
    {
        var value = input is PSObject wrapped ? wrapped.BaseObject : input;
        return value is string line ? AddLine(line) : Of(value, input);
    }

    /// <summary>The tokens of what is left at the end.</summary>
    internal IEnumerable<Func<string>> Rest() => _text.Rest() is { } text ? Read(text) : [];

    /// <summary>The tokens of a whole text, such as a file; the text itself where it has no other meaning.</summary>
    internal IEnumerable<Func<string>> Read(string text)
    {
        _any = true;
        var documents = HasMeaning(text) ? ClientLoadContext.Gateway.ReadSecrets(text, CancellationToken.None).ToList() : [];

        // Damaged text may be anything: whoever takes the token says what is wrong with it, once for the whole.
        return documents.Count == 0 || documents.Exists(document => document.Problem is { Kind: FailureKind.InvalidSecret }) ? [() => text] : TokensOf(documents);
    }

    private IEnumerable<Func<string>> AddLine(string line)
    {
        if (IsToken(line))
        {
            // What came before it is no part of it.
            return [.. Rest(), .. Read(line)];
        }

        // A file that ends with empty lines, read line by line.
        return _any && _text.IsEmpty && string.IsNullOrWhiteSpace(line) ? [] : _text.Add(line).SelectMany(Read);
    }

    private IEnumerable<Func<string>> Of(object? value, object? input)
    {
        _any = true;
        var inner = value is SecureString or null ? value : PSObject.AsPSObject(input!).Properties["Token"]?.Value;
        var token = PlainText.Of(inner is PSObject other ? other.BaseObject : inner);
        if (token is not null)
        {
            return Read(token);
        }

        var documents = value is null ? [] : SecretObject.Read(input).ToList();
        return documents.Count > 0 && !documents.Exists(document => document.Problem is not null)
            ? TokensOf(documents)
            : throw new KubeApiException(
                FailureKind.InvalidToken,
                "There is no token in the input. Pipe a string, a SecureString, or an object with a property Token.",
                value?.GetType().Name ?? "null");
    }

    private IEnumerable<Func<string>> TokensOf(List<SecretDocument> documents) => documents
        .Where(document => !(document.IsInList && document.OtherType is not null))
        .Select(document => (Func<string>)(() => TokenOf(document)));

    private string TokenOf(SecretDocument document)
    {
        try
        {
            return PlainText.Of(ClientLoadContext.Gateway.DecodeSecret(document, asPlainText: true, Tell).Token)
                ?? throw new KubeApiException(FailureKind.InvalidToken, $"The Secret '{document}' holds no token yet.", document.ToString());
        }
        catch (KubeApiException failure) when (failure.Kind is FailureKind.InvalidSecret)
        {
            throw new KubeApiException(FailureKind.InvalidToken, failure.Message, failure.Target);
        }
    }

    // That there is no token, and that it is not a JWT, is told by an error.
    private void Tell(Notice notice)
    {
        if (notice is not WarningNotice)
        {
            notify(notice);
        }
    }

    private static bool IsToken(string line) =>
        (line.StartsWith("eyJ", StringComparison.Ordinal) || line.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        && !line.AsSpan(line.StartsWith('e') ? 0 : Scheme.Length).Trim().ContainsAny(" \t\r\n");

    // A token has no such characters; {" in base64 is eyJ, and that in base64 again ZXlK.
    private static bool HasMeaning(string text) =>
        text.AsSpan().ContainsAny(":{[") || text.AsSpan().TrimStart().StartsWith("ZXlK", StringComparison.Ordinal);
}
