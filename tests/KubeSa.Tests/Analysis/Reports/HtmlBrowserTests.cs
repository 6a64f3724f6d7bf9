using KubeSa.Analysis.Reports;
using PuppeteerSharp;
using PuppeteerSharp.Media;
using Xunit;

namespace KubeSa.Tests.Analysis.Reports;

/// <summary>The page in a real browser, where the machine has one.</summary>
public sealed class HtmlBrowserTests : IAsyncLifetime
{
    private static readonly string? Chromium = new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private readonly string _folder = Directory.CreateTempSubdirectory("kubesa-page-").FullName;
    private readonly List<string> _problems = [];
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Chromium is null, "This machine has no Chromium; the page was not opened in a browser.");
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Chromium,
            UserDataDir = Path.Combine(_folder, "profile"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(800)]
    [InlineData(1400)]
    public async Task It_opens_without_an_error_and_fits_the_window(int width)
    {
        var page = await Open(SampleReports.Lifelike(), width);
        Assert.True(await page.EvaluateExpressionAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_hostile_name_does_not_run()
    {
        var page = await Open(SampleReports.OfHostileNames(), 800);
        Assert.StartsWith("Service account audit", await page.GetTitleAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await page.EvaluateExpressionAsync<int>("document.scripts.length"));
        Assert.Equal(0, await page.EvaluateExpressionAsync<int>("document.images.length"));
        Assert.Contains(SampleReports.Hostile, await page.EvaluateExpressionAsync<string>("document.body.textContent"), StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task The_page_forbids_scripts_but_its_own()
    {
        var page = await Open(SampleReports.Lifelike(), 800);
        await page.EvaluateExpressionAsync("(() => { const s = document.createElement('script'); s.textContent = 'document.title = \"hit\"'; document.body.append(s); })()");
        Assert.StartsWith("Service account audit", await page.GetTitleAsync(), StringComparison.Ordinal);
        Assert.Contains(_problems, problem => problem.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_severity_and_cluster_filter_what_is_shown()
    {
        var page = await Open(SampleReports.Lifelike(), 1400);
        Assert.Equal("5 of 5 shown", await Shown(page));
        await page.TypeAsync("#search", "secrets-ns");
        Assert.Equal("1 of 5 shown", await Shown(page));
        Assert.Equal(1, await page.EvaluateExpressionAsync<int>("document.querySelectorAll('.account:not([hidden])').length"));

        await page.EvaluateExpressionAsync("document.getElementById('search').value = ''");
        await page.SelectAsync("#cluster", "test");
        Assert.Equal("2 of 5 shown", await Shown(page));
        await page.ClickAsync("[value=critical]");
        Assert.Equal("1 of 5 shown", await Shown(page));
    }

    [Fact]
    public async Task It_can_be_read_by_keyboard_alone()
    {
        var page = await Open(SampleReports.Lifelike(), 800);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the findings", await Focused(page, "textContent"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("SUMMARY", await Focused(page, "tagName"));
        await page.Keyboard.PressAsync("Enter");
        Assert.False(await page.EvaluateExpressionAsync<bool>("document.querySelector('details.account').open"));
    }

    [Fact]
    public async Task It_can_be_printed()
    {
        var page = await Open(SampleReports.Lifelike(), 800);
        Assert.NotEmpty(await page.PdfDataAsync(new PdfOptions { Format = PaperFormat.A4 }));
        await page.EmulateMediaTypeAsync(MediaType.Print);
        Assert.Equal("none", await page.EvaluateExpressionAsync<string>("getComputedStyle(document.getElementById('filter')).display"));
    }

    private static Task<string> Shown(IPage page) => page.EvaluateExpressionAsync<string>("document.getElementById('shown').textContent");

    private static Task<string> Focused(IPage page, string property) => page.EvaluateExpressionAsync<string>($"document.activeElement.{property}");

    private async Task<IPage> Open(AuditReport report, int width)
    {
        var file = Path.Combine(_folder, "report.html");
        await File.WriteAllTextAsync(file, HtmlReport.Write(report), TestContext.Current.CancellationToken);
        var page = await _browser!.NewPageAsync();
        page.Console += (_, message) => _problems.Add(message.Message.Text);
        page.PageError += (_, error) => _problems.Add(error.Message);
        page.Dialog += (_, dialog) => _problems.Add(dialog.Dialog.Message);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        await page.GoToAsync(new Uri(file).AbsoluteUri);
        return page;
    }
}
