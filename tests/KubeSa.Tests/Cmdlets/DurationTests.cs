using System.Globalization;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Spans of time as they are typed, read by the parameter of every cmdlet that has one.</summary>
public sealed class DurationTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly HostedEngine _engine = sandbox.Connect();

    public static TheoryData<string, string> Spans => new()
    {
        { "24h", "1.00:00:00" },
        { "90m", "01:30:00" },
        { "7d", "7.00:00:00" },
        { "2w", "14.00:00:00" },
        { "900s", "00:15:00" },
        { "1h30m", "01:30:00" },
        { "1d12h", "1.12:00:00" },
        { "1.5h", "01:30:00" },
        { "'1h 30m'", "01:30:00" },
        { "1H", "01:00:00" },
        { "24:00", "1.00:00:00" },
        { "0:30", "00:30:00" },
        { "1:00:00", "01:00:00" },
        { "36:00:00", "1.12:00:00" },
        { "1.0:0", "1.00:00:00" },
        { "1.12:00:07", "1.12:00:07" },
        { "([timespan]'0:20:00')", "00:20:00" },
    };

    public static TheoryData<string, string> NoSpans => new()
    {
        { "3600", "a bare number as 3600 ticks" },
        { "'3600'", "a bare number as 3600 ticks" },
        { "3600.5", "a bare number as 3600.5 ticks" },
        { "([timespan]3600)", "a bare number as 3600 ticks" },
        { "tomorrow", "'tomorrow' is not a span of time" },
        { "'1,5h'", "is not a span of time" },
        { "'30m1h'", "is not a span of time" },
        { "1:75", "is not a span of time" },
        { "1.24:00", "is not a span of time" },
        { "'-1h'", "is not a span of time" },
        { "1y", "is not a span of time" },
        { "''", "is not a span of time" },
        { "(Get-Command Get-Command)", "is not a span of time" },
        { "5m", "no token for less than 10 minutes" },
        { "99999999999d", "2^32 seconds" },
    };

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Spans))]
    public void A_span_means_what_it_says_in_every_culture(string typed, string span)
    {
        // As de-DE and ar-SA have them; a machine without ICU knows no culture but the invariant one.
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.DateTimeFormat.TimeSeparator = ".";
        foreach (var culture in new[] { CultureInfo.InvariantCulture, comma })
        {
            var text = Assert.Single(_engine.Run(
                "param($culture) [System.Threading.Thread]::CurrentThread.CurrentCulture = $culture; "
                + $"$t = New-KubeServiceAccountToken default -Duration {typed} -WarningAction Ignore; "
                + "($t.Info.ExpiresAt - $t.Info.IssuedAt).ToString('c')",
                culture).RequireNoErrors().Text);
            Assert.Equal(span, text);
        }
    }

    [Theory]
    [MemberData(nameof(NoSpans))]
    public void What_is_none_is_refused_in_our_own_words(string typed, string message)
    {
        foreach (var command in new[] { "New-KubeServiceAccountToken default", "Export-KubeServiceAccountKubeConfig default" })
        {
            var error = _engine.Run($"{command} -Duration {typed}").RequireError("InvalidRequest");
            Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
            Assert.Equal("default/default", error.TargetObject);
        }
    }
}
