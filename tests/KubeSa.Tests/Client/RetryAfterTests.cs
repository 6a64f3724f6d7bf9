using System.Net;
using System.Net.Http.Headers;
using KubeSa.Client.Errors;
using KubeSa.Client.Resources;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>How long a server asks to wait, and how often a list may expire.</summary>
public sealed class RetryAfterTests
{
    [Fact]
    public void May_be_a_date()
    {
        Assert.InRange(RetryAfter.Of(new RetryConditionHeaderValue(DateTimeOffset.UtcNow.AddHours(1)))!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, RetryAfter.Of(new RetryConditionHeaderValue(DateTimeOffset.UtcNow.AddHours(-1))));
        Assert.Equal(TimeSpan.FromSeconds(7), RetryAfter.Of(new RetryConditionHeaderValue(TimeSpan.FromSeconds(7))));
        Assert.Null(RetryAfter.Of(null));
    }

    [Fact]
    public void A_list_may_expire_as_often_as_it_likes_while_it_goes_on()
    {
        var walk = new ListWalk<string>(name => name);
        var (expired, operation) = (ApiStatus.From(HttpStatusCode.Gone, null, null), new ApiOperation("list", "pods", "Pod", "team-a"));
        for (var page = 10; page < 30; page++)
        {
            Assert.True(walk.IsNew($"n{page}"));
            walk.RestartAfterExpiry(expired, operation);
        }

        Assert.Throws<KubeSa.Api.KubeApiException>(() =>
        {
            for (var again = 0; again < 10; again++)
            {
                walk.RestartAfterExpiry(expired, operation);
            }
        });
    }
}
