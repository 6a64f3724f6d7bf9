using System.Diagnostics;
using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Offline;

/// <summary>Files that are none: pipes, devices, and those that are too long.</summary>
public sealed class TextFileTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-files-");

    public TextFileTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes and devices have no paths like these on Windows.");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_pipe_to_which_nobody_writes_is_given_up()
    {
        var pipe = Pipe();
        var failure = await Assert.ThrowsAsync<UnsuitableFileException>(
            () => TextFile.ReadAsync(pipe, 1000, TestContext.Current.CancellationToken, Short));
        Assert.Contains("pipe", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_waiting_for_a_pipe()
    {
        using var stop = new CancellationTokenSource();
        var reading = TextFile.ReadAsync(Pipe(), 1000, stop.Token, Long);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_pipe_to_which_somebody_writes_is_read()
    {
        var pipe = Pipe();
        var reading = TextFile.ReadAsync(pipe, 1000, TestContext.Current.CancellationToken, Long);
        await File.WriteAllTextAsync(pipe, "written", TestContext.Current.CancellationToken);
        Assert.Equal("written", await reading);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/urandom")]
    public void A_device_without_end_is_given_up_at_the_limit(string device) =>
        Assert.Contains("longer than 1 MB", Assert.Throws<UnsuitableFileException>(() => TextFile.Read(device, 1024 * 1024)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_is_read_up_to_the_limit_and_through_links()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, new string('a', 1024 * 1024));
        File.CreateSymbolicLink(file + ".link", file);
        Assert.Equal(1024 * 1024, TextFile.Read(file + ".link", 1024 * 1024).Length);
        Assert.Throws<UnsuitableFileException>(() => TextFile.Read(file + ".link", (1024 * 1024) - 1));
        File.WriteAllText(file, string.Empty);
        Assert.Empty(TextFile.Read(file));
        Assert.Throws<FileNotFoundException>(() => TextFile.Read(file + ".none"));
        Assert.Throws<UnsuitableFileException>(() => TextFile.Read("a\0b"));
    }

    private string Pipe()
    {
        var path = Path.Combine(_folder.FullName, "pipe");
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
        return path;
    }
}
