using System.Globalization;
using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Operations;

/// <summary>How much of a list, and as of when.</summary>
internal sealed record ListParameters(long Limit, ContinueToken? Continue, long? Version, string VersionMatch)
{
    /// <summary>Reads the query; throws in the server's words for what is malformed or does not go together.</summary>
    public static ListParameters Of(ApiRequest request)
    {
        var info = request.Info;
        CheckTimeout(request);
        var limit = info.Parameter("limit") is { Length: > 0 } text ? ParseLimit(text) : 0;
        var version = ResourceVersions.Parse(request, "resourceVersion");
        if (info.Parameter("continue") is not { Length: > 0 } token)
        {
            // A version of 0 is answered from a cache, which knows no pages.
            return new ListParameters(version == 0 ? 0 : Math.Max(0, limit), null, version, info.Parameter("resourceVersionMatch"));
        }

        if (version is > 0)
        {
            throw ApiError.BadRequest("specifying resource version is not allowed when using continue");
        }

        return new ListParameters(Math.Max(0, limit), ContinueToken.Parse(token), null, "");
    }

    private static void CheckTimeout(ApiRequest request)
    {
        var timeout = request.Info.Parameter("timeout");
        if (timeout.Length > 0 && !request.State.ServerVersion.IsLegacy && !GoDuration.IsValid(timeout))
        {
            throw ApiError.BadRequest($"invalid timeout specified in the request URL - time: invalid duration \"{timeout}\"");
        }
    }

    private static long ParseLimit(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : throw ApiError.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
}
