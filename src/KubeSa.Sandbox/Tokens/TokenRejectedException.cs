namespace KubeSa.Sandbox.Tokens;

/// <summary>Why a token is refused, in the words of the server's log and of TokenReview.</summary>
internal sealed class TokenRejectedException(string reason) : Exception(reason);
