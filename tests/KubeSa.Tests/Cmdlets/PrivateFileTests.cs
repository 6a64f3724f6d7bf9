using KubeSa.Api;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

/// <summary>Files with credentials, and what a process leaves that is killed while it writes them.</summary>
public sealed class PrivateFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-private-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_as_long_as_a_name_can_be_is_written_and_nothing_else_is_left(bool replace)
    {
        var path = Path.Combine(_folder.FullName, new string('n', 255));
        if (replace)
        {
            File.WriteAllText(path, "old and longer than the new one");
        }

        PrivateFile.Write(path, "new", replace);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(_folder.GetFileSystemInfos());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_another_is_writing_is_not()
    {
        var path = Path.Combine(_folder.FullName, "config");
        File.WriteAllText(path, "old");
        var left = Path.Combine(_folder.FullName, ".kubesa-left.tmp");
        File.WriteAllText(left, "a token");
        var held = Path.Combine(_folder.FullName, ".kubesa-held.tmp");
        using var other = new FileStream(held, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        PrivateFile.Write(path, "new", replace: true);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(held));
    }

    [Fact]
    public void A_file_that_is_there_stays_and_a_path_that_is_none_is_an_error_of_ours()
    {
        var path = Path.Combine(_folder.FullName, "config");
        File.WriteAllText(path, "old");
        Assert.Equal(FailureKind.FileAlreadyExists, Assert.Throws<KubeApiException>(() => PrivateFile.Write(path, "new", replace: false)).Kind);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(FailureKind.FileNotFound, Assert.Throws<KubeApiException>(() => PrivateFile.Write(path + "\0", "new", replace: false)).Kind);
        Assert.Equal(FailureKind.FileNotFound, Assert.Throws<KubeApiException>(() => PrivateFile.Write(Path.Combine(path, "below"), "new", replace: false)).Kind);
    }
}
