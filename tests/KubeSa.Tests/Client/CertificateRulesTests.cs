using System.Management.Automation.Language;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeSa.Client.Http;
using KubeSa.Tests.Diagnosis;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Client;

/// <summary>
/// The rules by which a chain is judged where the platform looked at certificates of the user's stores instead: they accept
/// what the platform accepts without such stores, and refuse the rest. The script for pods has the same rules.
/// </summary>
public sealed class CertificateRulesTests
{
    private const string NameConstraints = "2.5.29.30";

    // Permitted: dNSName example.org.
    private static readonly byte[] Constraint = Convert.FromHexString("3011A00F300D820B6578616D706C652E6F7267");

    private static readonly Dictionary<string, (X509ChainStatusFlags Problem, Func<X509Certificate2[]> Make)> Cases = new()
    {
        ["P-256"] = (X509ChainStatusFlags.NoError, () => Chain(new())),
        ["P-521, SHA-512"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Curve = ECCurve.NamedCurves.nistP521, Hash = HashAlgorithmName.SHA512 })),
        ["P-384, SHA-384"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Curve = ECCurve.NamedCurves.nistP384, Hash = HashAlgorithmName.SHA384 })),
        ["RSA, SHA-256"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Padding = RSASignaturePadding.Pkcs1 })),
        ["RSA, SHA-512"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Padding = RSASignaturePadding.Pkcs1, Hash = HashAlgorithmName.SHA512 })),
        ["RSA-PSS, SHA-256"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Padding = RSASignaturePadding.Pss })),
        ["RSA-PSS, SHA-384"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Padding = RSASignaturePadding.Pss, Hash = HashAlgorithmName.SHA384 })),
        ["a usage that may sign"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Middle = [new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true)] })),
        ["any purpose"] = (X509ChainStatusFlags.NotValidForUsage, () => Chain(new() { Middle = [Purpose("2.5.29.37.0")] })),
        ["the server's own alone"] = (X509ChainStatusFlags.NoError, () => Chain(new())[..1]),
        ["one link"] = (X509ChainStatusFlags.NoError, () => Chain(new())[..2]),
        ["another's key in the middle"] = (X509ChainStatusFlags.NotSignatureValid, () => [Chain(new())[0], .. Chain(new())[1..]]),
        ["another's key on top"] = (X509ChainStatusFlags.NotSignatureValid, () => [.. Chain(new())[..2], Chain(new())[2]]),
        ["another kind of key on top"] = (X509ChainStatusFlags.NotSignatureValid, () => [.. Chain(new())[..2], Chain(new() { Padding = RSASignaturePadding.Pkcs1 })[2]]),
        ["no CA in the middle"] = (X509ChainStatusFlags.InvalidBasicConstraints, () => Chain(new() { MiddleIs = new X509BasicConstraintsExtension(false, false, 0, true) })),
        ["nothing that says CA in the middle"] = (X509ChainStatusFlags.InvalidBasicConstraints, () => Chain(new() { MiddleIs = null })),
        ["a root for no CAs below"] = (X509ChainStatusFlags.InvalidBasicConstraints, () => Chain(new() { RootIs = new X509BasicConstraintsExtension(true, true, 0, true) })),
        ["a root for one CA below"] = (X509ChainStatusFlags.NoError, () => Chain(new() { RootIs = new X509BasicConstraintsExtension(true, true, 1, true) })),
        ["a usage that may not sign"] = (X509ChainStatusFlags.InvalidBasicConstraints, () => Chain(new() { Middle = [new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true)] })),
        ["for clients, the server's"] = (X509ChainStatusFlags.NotValidForUsage, () => Chain(new() { Leaf = [Purpose("1.3.6.1.5.5.7.3.2")] })),
        ["for clients, the middle"] = (X509ChainStatusFlags.NotValidForUsage, () => Chain(new() { Middle = [Purpose("1.3.6.1.5.5.7.3.2")] })),
        ["for clients, and alone"] = (X509ChainStatusFlags.NotValidForUsage, () => Chain(new() { Leaf = [Purpose("1.3.6.1.5.5.7.3.2")] })[..1]),
        ["something critical and unknown"] = (X509ChainStatusFlags.HasNotSupportedCriticalExtension, () => Chain(new() { Middle = [new X509Extension("1.2.3.4.5", [5, 0], true)] })),
        ["something unknown"] = (X509ChainStatusFlags.NoError, () => Chain(new() { Middle = [new X509Extension("1.2.3.4.5", [5, 0], false)] })),

        // These two the platform could judge, and we do not: refused, to be on the safe side.
        ["limited to other names"] = (X509ChainStatusFlags.HasNotSupportedNameConstraint, () => Chain(new() { Middle = [new X509Extension(NameConstraints, Constraint, false)] })),
        ["SHA-1"] = (X509ChainStatusFlags.NotSignatureValid, () => Chain(new() { Padding = RSASignaturePadding.Pkcs1, Hash = HashAlgorithmName.SHA1 })),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_what_is_wrong(string name) => Assert.Equal(Cases[name].Problem, CertificateRules.ProblemsOf(Cases[name].Make()));

    [Theory]
    [MemberData(nameof(Names))]
    public void Accept_nothing_that_the_platform_refuses(string name)
    {
        var path = Cases[name].Make();
        using var chain = new X509Chain { ChainPolicy = TrustPolicies.Of([path[^1]]) };
        chain.ChainPolicy.ExtraStore.AddRange(path[1..]);
        chain.Build(path[0]);
        Assert.All(chain.ChainElements, element => Assert.Contains(element.Certificate, path));
        var accepted = chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain && chain.ChainElements[^1].Certificate.Equals(path[^1]));
        Assert.Equal(accepted, Cases[name].Problem == X509ChainStatusFlags.NoError || name is "SHA-1" or "limited to other names");
    }

    [Fact]
    public void Are_the_same_in_the_script_for_pods()
    {
        var functions = Parser.ParseInput(ScriptRun.Script, out _, out _).FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: false);
        using var engine = new HostedEngine(import: false);
        engine.Run(string.Join('\n', functions.Select(function => function.Extent.Text))).RequireNoErrors();
        Assert.All(Cases, row =>
        {
            var result = engine.Run("Get-PathProblem $args | Select-Unique", [.. row.Value.Make()]).RequireNoErrors();
            Assert.Equal(row.Value.Problem == X509ChainStatusFlags.NoError ? [] : [row.Value.Problem.ToString()], result.Text);
        });
    }

    [Fact]
    public void Take_what_cannot_be_read_for_unproven()
    {
        var path = Chain(new() { MiddleIs = new X509Extension("2.5.29.19", [1, 2, 3], true) });
        Assert.NotEqual(X509ChainStatusFlags.NoError, CertificateRules.ProblemsOf(path));
    }

    private static X509EnhancedKeyUsageExtension Purpose(string purpose) => new([new Oid(purpose)], true);

    private static X509Certificate2[] Chain(Shape shape)
    {
        var (root, middle, leaf) = (new Key(shape), new Key(shape), new Key(shape));
        return
        [
            Sign("leaf", leaf, "middle", middle, [null, .. shape.Leaf]),
            Sign("middle", middle, "root", root, [shape.MiddleIs, .. shape.Middle]),
            Sign("root", root, "root", root, [shape.RootIs]),
        ];
    }

    private static X509Certificate2 Sign(string name, Key key, string issuer, Key by, IEnumerable<X509Extension?> extensions)
    {
        var request = key.Request(name);
        foreach (var extension in extensions.OfType<X509Extension>())
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(new X500DistinguishedName($"CN={issuer}"), by.Generator, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
    }

    private sealed record Shape
    {
        internal ECCurve Curve { get; init; } = ECCurve.NamedCurves.nistP256;

        /// <summary>For keys of RSA; of elliptic curves where there is none.</summary>
        internal RSASignaturePadding? Padding { get; init; }

        internal HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

        internal X509Extension RootIs { get; init; } = new X509BasicConstraintsExtension(true, false, 0, true);

        internal X509Extension? MiddleIs { get; init; } = new X509BasicConstraintsExtension(true, false, 0, true);

        internal X509Extension[] Middle { get; init; } = [];

        internal X509Extension[] Leaf { get; init; } = [];
    }

    private sealed class Key(Shape shape)
    {
        private readonly RSA? _rsa = shape.Padding is null ? null : RSA.Create(2048);
        private readonly ECDsa? _curve = shape.Padding is null ? ECDsa.Create(shape.Curve) : null;

        internal X509SignatureGenerator Generator => _rsa is null
            ? X509SignatureGenerator.CreateForECDsa(_curve!)
            : shape.Hash == HashAlgorithmName.SHA1 ? new Sha1Generator(_rsa) : X509SignatureGenerator.CreateForRSA(_rsa, shape.Padding!);

        internal CertificateRequest Request(string name) => _rsa is null
            ? new CertificateRequest($"CN={name}", _curve!, shape.Hash)
            : new CertificateRequest($"CN={name}", _rsa, shape.Hash, shape.Padding!);
    }

    // The framework's own refuses to sign with it.
    private sealed class Sha1Generator(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => CreateForRSA(key, RSASignaturePadding.Pkcs1).PublicKey;
    }
}
