using KubeSa.Sandbox.Certificates;
using KubeSa.Sandbox.Resources;
using KubeSa.Sandbox.Storage;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox;

/// <summary>What proves who is who in this cluster: its authority, its signing keys, and what is made and checked with them.</summary>
internal sealed class ClusterIdentity
{
    public ClusterIdentity(ResourceStore store, ResourceTypes types, ServerVersion serverVersion, TimeProvider time)
    {
        Keys = new KeyRing(Task.Run(SigningKey.Create));
        Authority = CertificateAuthority.Create(time.GetUtcNow());
        Issuer = new TokenIssuer(Keys, serverVersion, time);
        Verifier = new TokenVerifier(Keys, store, types, serverVersion, time);
    }

    public CertificateAuthority Authority { get; }

    public KeyRing Keys { get; }

    public TokenIssuer Issuer { get; }

    public TokenVerifier Verifier { get; }
}
