using Xunit;

namespace KubeSa.Tests.Engine;

/// <summary>Tests that change what the whole process shares.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharedProcess
{
    public const string Name = "shared process";
}
