using System.Text;
using System.Text.Json;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>A request, its evidence, and what its answer held: the bytes, and the object; null where they are not a JSON object.</summary>
internal sealed record DiagnosticExchange(HttpEvidence Evidence, byte[] Content, JsonElement? Body)
{
    internal bool Succeeded => Evidence is { Outcome: StepOutcome.Done, Status: >= 200 and < 300 };

    internal string Text => Encoding.UTF8.GetString(Content);
}
