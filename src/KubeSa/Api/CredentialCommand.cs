namespace KubeSa.Api;

/// <summary>
/// A command that prints an ExecCredential
/// (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
/// </summary>
/// <param name="Program">The program, found on PATH.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables it gets beside those of whoever runs it.</param>
public sealed record CredentialCommand(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The version of the API that the command speaks.</summary>
    public const string Version = "client.authentication.k8s.io/v1";
}
