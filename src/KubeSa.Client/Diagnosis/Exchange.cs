using System.Text.Json;

namespace KubeSa.Client.Diagnosis;

/// <summary>A request, its evidence and the object in its answer; null where the body is no JSON object.</summary>
internal sealed record Exchange(HttpEvidence Evidence, JsonElement? Body)
{
    internal bool Succeeded => Evidence is { Outcome: StepOutcome.Done, Status: >= 200 and < 300 };
}
