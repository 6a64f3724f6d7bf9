using System.Management.Automation;
using Xunit;

namespace KubeSa.Tests.Engine;

/// <summary>What a script wrote to its streams.</summary>
internal sealed record EngineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<string> Debug,
    IReadOnlyList<string> Information,
    IReadOnlyList<string> Progress,
    Exception? Thrown)
{
    /// <summary>The output as objects of one type.</summary>
    internal IReadOnlyList<T> As<T>() => [.. Output.Select(item => Assert.IsType<T>(item.BaseObject))];

    /// <summary>The output, each as text.</summary>
    internal IReadOnlyList<string> Text => [.. Output.Select(item => item?.ToString() ?? string.Empty)];

    internal EngineResult RequireNoErrors()
    {
        Assert.Null(Thrown);
        Assert.Empty(Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return this;
    }

    /// <summary>The only error record, which must have this id.</summary>
    internal ErrorRecord RequireError(string id)
    {
        Assert.Null(Thrown);
        var error = Assert.Single(Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        return error;
    }
}
