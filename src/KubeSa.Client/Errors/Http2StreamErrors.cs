namespace KubeSa.Client.Errors;

/// <summary>
/// HTTP/2 has its own way to break off (RFC 9113, section 7): by a code, while the connection may go on. The framework
/// counts all of them as errors of the protocol.
/// </summary>
internal static class Http2StreamErrors
{
    private const long NoError = 0;
    private const long InternalError = 2;
    private const long RefusedStream = 7;
    private const long Cancel = 8;
    private const long EnhanceYourCalm = 11;

    /// <summary>Whether a server that is at home in HTTP/2 broke the answer off, as one does that is being ended.</summary>
    internal static bool IsOne(HttpRequestException failure) =>
        CodeOf(failure) is NoError or InternalError or RefusedStream or Cancel or EnhanceYourCalm;

    /// <summary>Whether it did so before it looked at the request.</summary>
    internal static bool IsUntouched(HttpRequestException failure) => CodeOf(failure) is RefusedStream;

    private static long? CodeOf(HttpRequestException failure) => (failure.InnerException as HttpProtocolException)?.ErrorCode;
}
