using System.Net;
using KubeSa.Sandbox.Faults;
using KubeSa.Sandbox.Http;
using KubeSa.Sandbox.Scenarios;
using KubeSa.Sandbox.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace KubeSa.Sandbox;

/// <summary>A stand-in for an API server: in memory, on the loopback address alone, over TLS with a CA of its own.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly SandboxDirectory _directory;
    private readonly SandboxFiles _files;
    private readonly ServedCertificate _certificate;

    private SandboxServer(WebApplication web, SandboxState state, SandboxDirectory directory, SandboxFiles files, ServedCertificate certificate)
    {
        _web = web;
        _directory = directory;
        _files = files;
        _certificate = certificate;
        State = state;
    }

    /// <summary>https://127.0.0.1:port</summary>
    public string Url => State.Url;

    /// <summary>The PEM file of the CA that signed the server's certificate.</summary>
    public string CaFile => _files.CaFile;

    /// <summary>A kubeconfig with an admin context and one for each user of the scenario.</summary>
    public string KubeConfigFile => _files.KubeConfigFile;

    /// <summary>A directory like /var/run/secrets/kubernetes.io/serviceaccount in a pod.</summary>
    public string MountPath => _files.MountPath;

    /// <summary>The names of the contexts in the kubeconfig.</summary>
    public IReadOnlyList<string> Contexts => _files.Contexts;

    public ResourceStore Store => State.Store;

    /// <summary>What goes wrong on purpose, to be switched while the server runs.</summary>
    public FaultBoard Faults => State.Faults;

    public SandboxState State { get; }

    /// <summary>Starts a server that answers when the task completes; throws ArgumentException for an unknown scenario, IOException for a port in use.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        if (!Composition.Scenarios.ContainsKey(options.Scenario))
        {
            throw new ArgumentException($"There is no scenario '{options.Scenario}'. There are: {string.Join(", ", Composition.Scenarios.Keys)}.", nameof(options));
        }

        var directory = SandboxDirectory.Open(options.Directory);
        try
        {
            return await StartAsync(options, directory, cancellationToken);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    private static async Task<SandboxServer> StartAsync(SandboxOptions options, SandboxDirectory directory, CancellationToken cancellationToken)
    {
        var state = Composition.Compose(options);
        await state.Controllers.SettleAsync();
        var connections = new OpenConnections();
        var certificate = new ServedCertificate(state, connections);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            new RefusableListenerFactory(ActivatorUtilities.CreateInstance<SocketTransportFactory>(services), state.Faults));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 3 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.Use(connections.Track);
                listen.Use(PlainHttpRefusal.Before);
                listen.UseHttps(https =>
                {
                    https.ServerCertificateSelector = (_, _) => certificate.Current;
                    // Asked for, never required; whose it is the authenticator finds out.
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            });
        });
        var web = builder.Build();
        var pipeline = new Pipeline(state, Composition.Endpoints(state));
        ((IApplicationBuilder)web).Run(pipeline.InvokeAsync);
        await web.StartAsync(cancellationToken);
        state.Url = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var files = ClientFiles.Write(directory.Path, state, Composition.Scenarios[options.Scenario]);
        state.Files = files;
        return new SandboxServer(web, state, directory, files, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        Faults.Clear();
        await _web.DisposeAsync();
        _certificate.Dispose();
        await State.Controllers.DisposeAsync();
        State.Kubelet?.Dispose();
        State.Audit?.Dispose();
        _directory.Dispose();
    }
}
