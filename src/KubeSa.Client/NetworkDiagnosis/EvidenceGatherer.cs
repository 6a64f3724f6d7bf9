using KubeSa.Api;
using KubeSa.Client.Config;
using KubeSa.Client.Config.InCluster;
using KubeSa.Client.Http;

namespace KubeSa.Client.NetworkDiagnosis;

/// <summary>
/// Goes a service account's way to its server, step by step, and writes down what it sees. A fault is evidence and
/// never an exception; only the user's stop is one.
/// </summary>
internal sealed class EvidenceGatherer(AccessQuestion question, PodEnvironment environment, CallContext call)
{
    /// <summary>OperationCanceledException where the call was stopped.</summary>
    internal async Task<AccessEvidence> GatherAsync(AdministratorLookup? ask)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        deadline.CancelAfter(question.Timeout);
        var folder = question.MountPath ?? PodMount.UsualPath(environment);
        call.Notify(new VerboseNotice($"Looking at the service account in '{folder}'."));
        var mount = MountInspector.Look(folder);
        var (where, server) = FindServer(folder);
        where = where with { Proxy = FindProxy() };
        var evidence = new AccessEvidence
        {
            Question = question,
            Clock = DateTimeOffset.UtcNow,
            Environment = where,
            Mount = mount.Mount,
            Token = mount.TokenFile,
            Namespace = mount.Namespace,
            CertificateAuthority = mount.CertificateAuthority,
        };
        if (server is not null)
        {
            evidence = await VisitAsync(evidence, server, mount, deadline.Token).ConfigureAwait(false);
        }

        if (ask is not null && mount.Token is { } token)
        {
            evidence = evidence with { Administrator = await ask(evidence, token, call with { Stop = deadline.Token }).ConfigureAwait(false) };
        }

        call.Stop.ThrowIfCancellationRequested();
        return evidence;
    }

    private (EnvironmentEvidence Evidence, Uri? Server) FindServer(string folder)
    {
        if (question.ApiServer is { } given)
        {
            var url = Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;
            return (new EnvironmentEvidence { Source = EndpointSource.Question, ServiceHost = given, ApiServer = url?.GetLeftPart(UriPartial.Authority) }, url);
        }

        var found = environment.FindApiServer(folder);
        return (found, ServiceEndpoint.From(found.ServiceHost, found.ServicePort).Url);
    }

    /// <summary>What other programs in this environment go by to reach the server.</summary>
    private ProxyEvidence? FindProxy()
    {
        var proxies = new EnvironmentProxy(name => environment[name]);
        var (variable, value) = proxies.ForHttps;
        var (exceptions, list) = proxies.Exceptions;
        return value is null ? null : new ProxyEvidence
        {
            Variable = variable,
            Value = ProxyAddress.Parse(value) is { } proxy ? $"{proxy.Scheme}://{proxy.Authority}" : null,
            NoProxyVariable = list is null ? null : exceptions,
            NoProxy = list,
        };
    }

    private async Task<AccessEvidence> VisitAsync(AccessEvidence evidence, Uri server, MountInspector mount, CancellationToken deadline)
    {
        call.Notify(new VerboseNotice($"Connecting to {server.GetLeftPart(UriPartial.Authority)}."));
        var (network, socket) = await Dialer.DialAsync(server, deadline).ConfigureAwait(false);
        var connected = evidence with { Network = network };
        if (socket is null)
        {
            return connected;
        }

        var handshake = new Handshake(server.IdnHost, mount.Authorities);
        var spare = new SpareConnection(ConnectAsync, wanted: mount is { Token: not null, Authorities.Count: > 0 }, deadline);
        await using (spare.ConfigureAwait(false))
        {
            var (tls, stream) = await handshake.ShakeAsync(socket, deadline).ConfigureAwait(false);
            var encrypted = connected with { Tls = tls };
            if (stream is null)
            {
                return encrypted;
            }

            using var client = new DiagnosticHttpClient(server, stream, spare.TakeAsync, call);
            call.Notify(new VerboseNotice($"Asking the server to {question.Verb} {question.Resource}."));
            var found = await QuestionResolver.AskAsync(question, client, mount.Token, deadline).ConfigureAwait(false);
            var asking = encrypted with { Question = found.Question, ResourceKnown = found.Known };
            return await ServerQuestions.HoldAsync(asking, new ApiQueries(client, found.Question, found.Version, deadline), mount.Token).ConfigureAwait(false);
        }

        async Task<Stream?> ConnectAsync(CancellationToken stop) => await Dialer.DialAsync(server, stop).ConfigureAwait(false) is { Socket: { } next }
            ? (await handshake.ShakeAsync(next, stop).ConfigureAwait(false)).Stream
            : null;
    }
}
