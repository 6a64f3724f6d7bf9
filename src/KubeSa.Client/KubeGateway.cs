using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.Config.KubeConfig;
using KubeSa.Client.NetworkDiagnosis;
using KubeSa.Client.Resources;
using KubeSa.Client.Secrets;
using KubeSa.Client.Tokens;

namespace KubeSa.Client;

/// <summary>The way in: made by KubeSa through its load context.</summary>
public sealed class KubeGateway : IKubeGateway
{
    public IKubeApi Connect(ConnectionOptions options) => Open(options);

    public IKubeApi Prepare(ConnectionOptions options)
    {
        var api = Open(options);
        api.Prepare();
        return api;
    }

    public void Rehearse() => Warmup.Run();

    public int EndProcesses(string variable, string value) => MarkedProcesses.KillAll(variable, value);

    public IReadOnlyList<Context> ReadContexts(ConnectionOptions options, CancellationToken stop) =>
        Contexts.Read(options.KubeConfig, Environment.GetEnvironmentVariable, options.WorkingDirectory, stop);

    public TokenInfo ReadToken(string token, Action<Notice>? notify = null) => TokenReader.Read(token, notify);

    public IEnumerable<SecretDocument> ReadSecrets(string text, CancellationToken stop) => SecretReader.Read(text, stop);

    public IEnumerable<Manifest> ReadManifests(string text, CancellationToken stop) => ManifestReader.Read(text, stop);

    public string WriteYaml(byte[] json) => Yaml.YamlWriter.Write(json);

    public TokenSecret DecodeSecret(SecretDocument secret, bool asPlainText, Action<Notice> notify) =>
        SecretDecoder.Decode(secret, asPlainText, notify);

    public PodIdentity ReadPodIdentity(string? mountPath) => PodIdentityReader.Read(mountPath, PodEnvironment.Process);

    public TokenTestEvidence InspectToken(string token, string[] audiences) => TokenInspector.Inspect(token, audiences);

    public SignatureLookup VerifyByServerKeys(string token, string jwks) => ServerKeys.Verify(token, jwks);

    public SignatureLookup FindServerKey(TokenInfo info, string jwks) => ServerKeys.Find(info, jwks);

    public TokenTestEvidence VerifyToken(string token, string[] audiences, string keys, bool isJwks)
    {
        var known = isJwks ? VerificationKeys.FromJwksFile(keys) : VerificationKeys.FromPem(keys);
        return TokenInspector.Verify(token, audiences, () => SignatureVerifier.Verify(token, known));
    }

    public Task<AccessEvidence> GatherEvidenceAsync(AccessQuestion question, AdministratorLookup? ask, CallContext call) =>
        new EvidenceGatherer(question, PodEnvironment.Process, call).GatherAsync(ask);

    private static KubeApi Open(ConnectionOptions options) => new(ClusterConfigResolver.Find(options, Environment.GetEnvironmentVariable));
}
