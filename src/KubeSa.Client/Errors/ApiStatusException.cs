namespace KubeSa.Client.Errors;

/// <summary>A server's refusal on its way to where it is put into words; unlike the client library's, it holds no request.</summary>
internal sealed class ApiStatusException(ApiStatus status) : Exception("The server refused the request.")
{
    internal ApiStatus Status { get; } = status;
}
