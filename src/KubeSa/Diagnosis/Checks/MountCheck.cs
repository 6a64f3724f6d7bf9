namespace KubeSa.Diagnosis.Checks;

/// <summary>The folder with the service account is there.</summary>
internal static class MountCheck
{
    internal static Finding Judge(AccessEvidence evidence)
    {
        var path = evidence.Mount.Path;
        if (!evidence.Mount.Exists || !HasAny(evidence))
        {
            return Finding.Fail(
                AccessCause.MountMissing,
                evidence.Mount.Exists
                    ? $"The folder '{path}' holds no service account: neither token nor ca.crt nor namespace."
                    : $"The folder '{path}' is not there, or this process may not look into it.",
                "See whether automountServiceAccountToken is false on the pod or on its account, and whether another volume covers the "
                + "folder; a pod that is changed must be made again. Outside a pod, check -MountPath.");
        }

        return evidence.Namespace.Value is { } name
            ? Finding.Pass($"The folder '{path}' holds a service account of namespace '{name}'.")
            : Finding.Warn(
                $"The folder '{path}' is there, but its namespace file {Describe(evidence.Namespace.File)}.",
                "Programs that ask for their own namespace fail: let the projected volume hold metadata.namespace as 'namespace'.");
    }

    internal static bool HasAny(AccessEvidence evidence) =>
        evidence.Token.File.Exists || evidence.CertificateAuthority.File.Exists || evidence.Namespace.File.Exists;

    internal static string Describe(FileEvidence file) =>
        !file.Exists ? "is missing" : file.Problem is { } problem ? $"cannot be read: {problem}" : "is empty";
}
