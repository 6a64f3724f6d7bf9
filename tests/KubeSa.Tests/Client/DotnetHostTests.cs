using KubeSa.Connections;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>Which dotnet starts the sandbox: one that has ASP.NET Core, wherever it stands in the order.</summary>
public sealed class DotnetHostTests : IDisposable
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubesa-hosts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("none web", "web")]
    [InlineData("old web", "web")]
    [InlineData("core script web", "web")]
    [InlineData("web next", "web")]
    [InlineData("next web", "next")]
    [InlineData("core script", "script")]
    [InlineData("old core", "old")]
    [InlineData("core old", "core")]
    [InlineData("none", null)]
    public void One_without_ASP_NET_Core_does_not_hide_one_that_has_it(string order, string? chosen)
    {
        foreach (var name in order.Split(' '))
        {
            Lay(name);
        }

        Assert.Equal(chosen is null ? null : Path.Combine(_folder.FullName, chosen, Name), DotnetHost.Find(order.Split(' ').Select(name => Path.Combine(_folder.FullName, name))));
    }

    [Fact]
    public void A_link_is_what_it_leads_to()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links take a privilege there that few have.");
            return;
        }

        Lay("core");
        Lay("web");
        var bin = _folder.CreateSubdirectory("bin").FullName;
        File.CreateSymbolicLink(Path.Combine(bin, Name), Path.Combine(_folder.FullName, "web", Name));
        Assert.Equal(Path.Combine(bin, Name), DotnetHost.Find([Path.Combine(_folder.FullName, "core"), bin]));
    }

    private void Lay(string name)
    {
        var root = _folder.CreateSubdirectory(name);
        string[] runtimes = name switch
        {
            "web" => ["Microsoft.NETCore.App/8.0.1", "Microsoft.AspNetCore.App/8.0.1"],
            "next" => ["Microsoft.NETCore.App/11.0.0-preview.2", "Microsoft.AspNetCore.App/11.0.0-preview.2"],
            "old" => ["Microsoft.NETCore.App/6.0.9", "Microsoft.AspNetCore.App/6.0.9"],
            "core" => ["Microsoft.NETCore.App/10.0.0"],
            _ => [],
        };
        foreach (var runtime in runtimes)
        {
            root.CreateSubdirectory(Path.Combine("shared", runtime));
        }

        if (name != "none")
        {
            File.WriteAllText(Path.Combine(root.FullName, Name), string.Empty);
        }
    }
}
