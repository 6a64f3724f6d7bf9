using Xunit;

namespace KubeSa.Tests.Cmdlets;

public sealed class HumanDurationTests
{
    // The table of k8s.io/apimachinery/pkg/util/duration/duration_test.go.
    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:01", "1s")]
    [InlineData("00:01:10", "70s")]
    [InlineData("00:03:10", "3m10s")]
    [InlineData("00:10:00", "10m")]
    [InlineData("00:47:00", "47m")]
    [InlineData("03:00:00", "3h")]
    [InlineData("00:01:59", "119s")]
    [InlineData("00:02:00", "2m")]
    [InlineData("00:09:59", "9m59s")]
    [InlineData("02:59:59", "179m")]
    [InlineData("03:40:00", "3h40m")]
    [InlineData("07:59:59", "7h59m")]
    [InlineData("08:59:59", "8h")]
    [InlineData("1.23:59:59", "47h")]
    [InlineData("09:00:00", "9h")]
    [InlineData("2.00:00:00", "2d")]
    [InlineData("2.04:00:00", "2d4h")]
    [InlineData("9.00:00:00", "9d")]
    [InlineData("140.03:00:00", "140d")]
    [InlineData("1095.00:00:00", "3y")]
    [InlineData("1160.00:00:00", "3y65d")]
    [InlineData("3650.00:00:00", "10y")]
    public void Writes_durations_as_kubectl_does(string duration, string text) =>
        Assert.Equal(text, HumanDuration.Of(TimeSpan.Parse(duration, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Says_that_it_does_not_know() => Assert.Equal("<unknown>", HumanDuration.Of(null));
}
