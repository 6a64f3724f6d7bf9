using System.Management.Automation;
using System.Security;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>A token as users have it: a string, a SecureString, or an object with a property Token.</summary>
internal static class TokenInput
{
    /// <summary>The token as text; InvalidToken where there is none.</summary>
    internal static string TextOf(object? token)
    {
        var value = token is PSObject wrapped ? wrapped.BaseObject : token;
        var inner = value is string or SecureString or null ? value : PSObject.AsPSObject(token!).Properties["Token"]?.Value;
        return PlainText.Of(inner is PSObject other ? other.BaseObject : inner) ?? throw new KubeApiException(
            FailureKind.InvalidToken,
            "There is no token in the input. Pipe a string, a SecureString, or an object with a property Token.",
            value?.GetType().Name ?? "null");
    }
}
