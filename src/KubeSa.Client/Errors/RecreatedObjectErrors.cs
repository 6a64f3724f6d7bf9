using System.Net;
using System.Text.RegularExpressions;
using KubeSa.Api;

namespace KubeSa.Client.Errors;

/// <summary>
/// What servers answer where the object is not the one whose uid was sent along: 409 with both uids to a deletion and to a
/// replacement, 422 to a patch.
/// </summary>
internal static partial class RecreatedObjectErrors
{
    /// <summary>The failure; null where the refusal is about something else.</summary>
    internal static KubeApiException? From(ApiStatus status, ApiOperation operation)
    {
        if (status.Code == HttpStatusCode.Conflict && Uids().Match(status.Message ?? string.Empty) is { Success: true } uids)
        {
            return Make(status, operation, uids.Groups["read"].Value, uids.Groups["now"].Value);
        }

        return status.Code == HttpStatusCode.UnprocessableEntity
            && status.Causes.FirstOrDefault(cause => cause.Field == "metadata.uid").Message is { } message
            && Immutable().Match(message) is { Success: true } sent
                ? Make(status, operation, sent.Groups["read"].Value, null)
                : null;
    }

    private static KubeApiException Make(ApiStatus status, ApiOperation operation, string read, string? now)
    {
        var failure = Recreated.Conflict(operation.Noun, operation.Target ?? operation.Resource, read, now);
        return new KubeApiException(failure.Kind, failure.Message, failure.Target) { StatusCode = (int)status.Code, Reason = status.Reason };
    }

    [GeneratedRegex("""UID in (the )?precondition:? \(?(?<read>[0-9A-Za-z-]+)\)?( does not match the UID in record \((?<now>[0-9A-Za-z-]+)\)|, UID in object meta: (?<now>[0-9A-Za-z-]+))""")]
    private static partial Regex Uids();

    [GeneratedRegex("""^Invalid value: "(?<read>[0-9A-Za-z-]+)": field is immutable""")]
    private static partial Regex Immutable();
}
