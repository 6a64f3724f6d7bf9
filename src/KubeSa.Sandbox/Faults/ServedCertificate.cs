using System.Security.Cryptography.X509Certificates;
using KubeSa.Sandbox.Certificates;

namespace KubeSa.Sandbox.Faults;

/// <summary>The certificate new connections are shown: the good one, or the one a fault asks for.</summary>
internal sealed class ServedCertificate : IDisposable
{
    private readonly Dictionary<string, X509Certificate2> _made = [];
    private readonly SandboxState _state;
    private readonly OpenConnections _connections;
    private CertificateAuthority? _next;
    private string _served = "";

    public ServedCertificate(SandboxState state, OpenConnections connections)
    {
        _state = state;
        _connections = connections;
        Current = Make("");
        state.Faults.Changed += Switch;
    }

    public X509Certificate2 Current { get; private set; }

    public void Dispose()
    {
        _state.Faults.Changed -= Switch;
        _next?.Dispose();
        foreach (var certificate in _made.Values)
        {
            certificate.Dispose();
        }
    }

    private void Switch()
    {
        string[] names = [FaultNames.WrongName, FaultNames.UnknownAuthority, FaultNames.ExpiredCertificate, FaultNames.RotatedAuthority];
        var wanted = names.FirstOrDefault(_state.Faults.Has) ?? "";
        if (wanted != _served)
        {
            Current = Make(wanted);
            Publish(wanted);
            _served = wanted;
        }
        else if (!_state.Faults.Has(FaultNames.Refuse))
        {
            return;
        }

        _connections.AbortAll();
    }

    private X509Certificate2 Make(string fault)
    {
        if (_made.TryGetValue(fault, out var known))
        {
            return known;
        }

        var (authority, now) = (_state.Identity.Authority, _state.Time.GetUtcNow());
        _next ??= CertificateAuthority.Create(now);
        var made = fault switch
        {
            FaultNames.WrongName => SandboxCertificates.ForAnotherName(authority, now),
            FaultNames.UnknownAuthority => SandboxCertificates.FromUnknownAuthority(now),
            FaultNames.ExpiredCertificate => SandboxCertificates.Expired(authority, now),
            FaultNames.RotatedAuthority => SandboxCertificates.Good(_next, now),
            _ => SandboxCertificates.Good(authority, now),
        };
        _made.Add(fault, made);
        return made;
    }

    // Who reads the files again trusts the new authority, as after a rotation on a real cluster.
    private void Publish(string wanted)
    {
        if (_state.Files is not { } files || (wanted != FaultNames.RotatedAuthority && _served != FaultNames.RotatedAuthority))
        {
            return;
        }

        var pem = wanted == FaultNames.RotatedAuthority ? _next!.Pem : _state.Identity.Authority.Pem;
        foreach (var file in new[] { files.CaFile, Path.Combine(files.MountPath, "ca.crt") }.Where(File.Exists))
        {
            File.WriteAllText(file, pem);
        }
    }
}
