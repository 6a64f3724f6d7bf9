using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeSa.Sandbox.Tokens;

/// <summary>A time in a token's claims (RFC 7519, section 2), read as go-jose reads it: any number, in whole seconds.</summary>
internal static class NumericDate
{
    /// <summary>Null where there is none or it is null; TokenRejectedException where it is not a number.</summary>
    public static DateTimeOffset? Read(JsonObject claims, string name, TokenMessages messages)
    {
        if (claims[name] is not { } value)
        {
            return null;
        }

        return value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<double>(out var seconds)
            ? Moment(seconds)
            : throw new TokenRejectedException(messages.NotANumber);
    }

    // What is too large for Go's int64 becomes its smallest number, so a token of a huge end has expired.
    private static DateTimeOffset Moment(double seconds)
    {
        var first = DateTimeOffset.MinValue.ToUnixTimeSeconds();
        var last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return seconds is >= long.MaxValue or <= long.MinValue || double.IsNaN(seconds)
            ? DateTimeOffset.MinValue
            : DateTimeOffset.FromUnixTimeSeconds((long)Math.Clamp(Math.Truncate(seconds), first, last));
    }
}
