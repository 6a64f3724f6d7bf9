namespace KubeSa.Api;

/// <summary>What was found of a token's signature, or why nothing was.</summary>
/// <param name="Signature">What was found; null where there is a problem.</param>
/// <param name="Problem">Why it could not be looked at.</param>
public sealed record SignatureLookup(SignatureEvidence? Signature, string? Problem);
