using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Diagnosis;

/// <summary>Runs the script that gathers evidence in a pod, in an engine without the module.</summary>
internal static class ScriptRun
{
    internal static readonly string Script = File.ReadAllText(Path.Combine(Repository.Root, "module", "kubernetes", "Get-KubeEvidence.ps1"));

    /// <summary>What it writes: the evidence between its markers.</summary>
    internal static string Of(AccessQuestion question)
    {
        using var engine = new HostedEngine(import: false);
        var result = engine.Run(
            $"& {{ {Script} }} -Mount $args[0] -Verb $args[1] -Resource $args[2] -Namespace $args[3] -Timeout $args[4]",
            question.MountPath!, question.Verb, question.Resource, question.Namespace ?? string.Empty, question.Timeout.TotalSeconds).RequireNoErrors();
        Assert.Equal(3, result.Text.Count);
        return string.Join('\n', result.Text);
    }
}
