using System.Text.Json;
using KubeSa.Analysis.Audit;
using KubeSa.Api;
using KubeSa.Loading;

namespace KubeSa.Cmdlets;

/// <summary>Reads files of audit exceptions, YAML or JSON.</summary>
internal static class ExceptionFile
{
    internal static IReadOnlyList<AuditException> Read(string file, Func<Func<CallContext, Task<string>>, string> await)
    {
        string text;
        try
        {
            text = await(call => TextFile.ReadAsync(file, TextFile.LongestSettings, call.Stop));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubeApiException(FailureKind.FileNotFound, $"'{file}' cannot be read: {failure.Message}", file);
        }

        var documents = ClientLoadContext.Gateway.ReadManifests(text, CancellationToken.None).ToList();
        return documents.Count == 0
            ? throw AuditException.Wrong(file, "it is empty")
            : [.. documents.SelectMany(document => document.Problem is { } problem ? throw problem : Read(document, file))];
    }

    private static IReadOnlyList<AuditException> Read(Manifest document, string file)
    {
        using var json = JsonDocument.Parse(document.Json);
        return AuditException.Read(json.RootElement, file);
    }
}
