namespace KubeSa.Diagnosis.Checks;

/// <summary>The API server's address resolves and accepts connections.</summary>
internal static class NetworkCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        if (evidence.Network is not { } network)
        {
            return Finding.Unseen();
        }

        var known = network.Addresses.Count == 0 || (network.Addresses is [var only] && only == network.Host);
        var where = $"{network.Host}:{network.Port}{(known ? string.Empty : $" ({string.Join(", ", network.Addresses)})")}";
        return network.Outcome == StepOutcome.Done
            ? Finding.Pass($"Connected to {where} in {ReportPhrases.Span(network.Elapsed)}.")
            : NetworkFindings.Fail(network.Outcome, $"Connecting to {where}", network.Error, connected: false);
    }
}
