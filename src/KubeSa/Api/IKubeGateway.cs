namespace KubeSa.Api;

/// <summary>
/// All that lies behind the load context: connections, and what needs a library but no cluster. Made once a process
/// by the one line of reflection in Loading.
/// </summary>
public interface IKubeGateway : ITokenReader
{
    /// <summary>
    /// Opens a connection: finds server and credentials, but sends nothing yet. ConnectionNotConfigured where there
    /// is nothing to find, KubeConfigInvalid or ContextNotFound where it is no good.
    /// </summary>
    IKubeApi Connect(ConnectionOptions options);

    /// <summary>
    /// The same, with all made ready that the first call needs. Still sends nothing and runs no credential plugin.
    /// </summary>
    IKubeApi Prepare(ConnectionOptions options);

    /// <summary>Does what the runtime does but once in a process, without a server, so that it is done when a call needs it.</summary>
    void Rehearse();

    /// <summary>
    /// Ends all processes that have a variable of that value in their environment, where the system shows it: on Linux. How many
    /// those were.
    /// </summary>
    int EndProcesses(string variable, string value);

    /// <summary>The contexts of a kubeconfig; null for $KUBECONFIG or else ~/.kube/config.</summary>
    IReadOnlyList<Context> ReadContexts(ConnectionOptions options, CancellationToken stop);

    /// <summary>
    /// Reads the Secrets in YAML or JSON text: one or many documents, Lists among them. Lazy; in place of what cannot be
    /// read stands a document with a Problem, and what comes behind it is read.
    /// </summary>
    IEnumerable<SecretDocument> ReadSecrets(string text, CancellationToken stop);

    /// <summary>Reads manifests in YAML or JSON text, document by document, as kubectl reads them.</summary>
    IEnumerable<Manifest> ReadManifests(string text, CancellationToken stop);

    /// <summary>Writes a value that is given as JSON (UTF-8) as a document in YAML.</summary>
    string WriteYaml(byte[] json);

    /// <summary>
    /// Decodes a Secret: SecretNotTokenType where it is of another type, InvalidSecret where it is not a Secret or its
    /// data are no base64. What cannot be read but does not hinder, such as a token that is not a JWT, is told to
    /// <paramref name="notify"/>.
    /// </summary>
    TokenSecret DecodeSecret(SecretDocument secret, bool asPlainText, Action<Notice> notify);

    /// <summary>Who a pod is by its mount; null for the usual folder.</summary>
    PodIdentity ReadPodIdentity(string? mountPath);

    /// <summary>
    /// Looks at a token and verifies its signature by keys: a JWKS or one JWK (RFC 7517), or PEM (RFC 7468). InvalidRequest,
    /// which says what the text is, where it holds no key that verifies tokens.
    /// </summary>
    TokenTestEvidence VerifyToken(string token, string[] audiences, string keys, bool isJwks);

    /// <summary>Gathers, from where the caller stands, what is to be known about a service account's way to its server.</summary>
    /// <param name="question">What the account is to do.</param>
    /// <param name="ask">Asks an administrator about the token that was found, which is no part of the evidence; null to ask nobody.</param>
    /// <param name="call">Whose call it is.</param>
    Task<AccessEvidence> GatherEvidenceAsync(AccessQuestion question, AdministratorLookup? ask, CallContext call);
}
