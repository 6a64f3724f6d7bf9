namespace KubeSa.Diagnosis.Checks;

/// <summary>Whether an audience is the API server's own, as far as names tell: nearly always the issuer, or the Service's name.</summary>
internal static class ApiAudiences
{
    internal static bool IsUsual(string audience, params string?[] issuers) =>
        issuers.Contains(audience) || audience.Contains("kubernetes.default", StringComparison.Ordinal) || audience is "k3s" or "rke2" or "api";
}
