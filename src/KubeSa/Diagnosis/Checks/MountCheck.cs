namespace KubeSa.Diagnosis.Checks;

/// <summary>The folder with the service account is there.</summary>
internal static class MountCheck
{
    /// <summary>What to do where this process may not read what is there.</summary>
    internal const string Permit =
        "Give the process the right to read it: securityContext.fsGroup of the pod's spec, or runAsUser with the user that the files belong to.";

    private const string Mount =
        "See whether automountServiceAccountToken is false in the pod's spec or, where that does not say, on its account (Get-KubeServiceAccountUsage shows "
        + "both; Set-KubeServiceAccount -AutomountToken $true changes the account), and whether another volume covers the folder; a pod that is "
        + "changed must be recreated. Outside a pod, check -MountPath.";

    private const string LetPodsAsk =
        "Write automountServiceAccountToken: true into the spec of the pods that need the token; or let all pods of the account have it: "
        + "Set-KubeServiceAccount -AutomountToken $true.";

    internal static Finding Judge(AccessEvidence evidence)
    {
        var mount = evidence.Mount;
        var path = mount.Path;
        if (!mount.Exists || !HasAny(evidence))
        {
            return Finding.Fail(
                AccessCause.MountMissing,
                mount switch
                {
                    { Exists: false } => $"The folder '{path}' is not there.",
                    { Problem: { } problem } => $"The folder '{path}' cannot be read: {problem}.",
                    _ => $"The folder '{path}' holds no service account: neither token nor ca.crt nor namespace.",
                },
                mount.Problem is null ? Mount : Permit);
        }

        return evidence.Namespace.Value is { } name
            ? mount.AccountAutomount == false ? Finding.Warn(OnlyOnRequest(path, name), LetPodsAsk) : Finding.Pass($"The folder '{path}' holds a service account of namespace '{name}'.")
            : Finding.Warn(
                $"The folder '{path}' is there, but its namespace file {Describe(evidence.Namespace.File)}.",
                "Programs that ask for their own namespace fail: let the projected volume hold metadata.namespace as 'namespace'.");
    }

    // What follows of the account with its token is true all the same, so the checks that need it go on.
    private static string OnlyOnRequest(string path, string ns) =>
        $"The folder '{path}' holds a service account of namespace '{ns}', because this pod asked for its token. automountServiceAccountToken is "
        + "false on the account, so a pod that does not ask for the token gets none.";

    internal static bool HasAny(AccessEvidence evidence) =>
        evidence.Token.File.Exists || evidence.CertificateAuthority.File.Exists || evidence.Namespace.File.Exists;

    internal static string Describe(FileEvidence file) =>
        file.BrokenLink is { } target ? $"is a link to '{target}', which is not there: the mount was not written to its end" :
        !file.Exists ? "is missing" : file.Problem is { } problem ? $"cannot be read: {problem}" : "is empty";
}
