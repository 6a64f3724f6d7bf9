using KubeSa.Sandbox.Faults;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Contract.Faults;

public sealed class FaultHelpTests
{
    [Fact]
    public void The_help_names_every_fault()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "module", "help", "Start-KubeSandbox.md"));
        Assert.All(FaultNames.All, name => Assert.Matches($@"[\s,.]{name}[\s,.(]", page));
    }
}
