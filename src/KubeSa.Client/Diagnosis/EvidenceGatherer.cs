using KubeSa.Api;
using KubeSa.Client.InPod;
using KubeSa.Diagnosis;

namespace KubeSa.Client.Diagnosis;

/// <summary>
/// Goes a service account's way to its server, step by step, and writes down what it sees. A fault is evidence and
/// never an exception; only the user's stop is one.
/// </summary>
internal sealed class EvidenceGatherer(AccessQuestion question, PodEnvironment environment, CallContext call)
{
    /// <summary>OperationCanceledException where the call was stopped.</summary>
    internal async Task<AccessEvidence> GatherAsync(IKubeApi? administrator)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(call.Stop);
        deadline.CancelAfter(question.Timeout);
        var folder = question.MountPath ?? PodMount.UsualPath(environment);
        call.Notify(new VerboseNotice($"Looking at the service account in '{folder}'."));
        var mount = MountInspector.Look(folder);
        var asking = administrator is null || mount.Token is null
            ? null
            : AdministratorView.AskAsync(administrator, mount.Token, call with { Stop = deadline.Token });
        var (where, server) = FindServer(folder);
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

        if (asking is not null)
        {
            evidence = evidence with { Administrator = await asking.ConfigureAwait(false) };
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
        var (tls, stream) = await handshake.ShakeAsync(socket, deadline).ConfigureAwait(false);
        var encrypted = connected with { Tls = tls };
        if (stream is null)
        {
            return encrypted;
        }

        using var client = new ProbeClient(server, stream, async stop =>
            await Dialer.DialAsync(server, stop).ConfigureAwait(false) is { Socket: { } next }
                ? (await handshake.ShakeAsync(next, stop).ConfigureAwait(false)).Stream
                : null);
        return await AskAsync(encrypted, new ApiProbe(client, question, deadline), mount.Token).ConfigureAwait(false);
    }

    private async Task<AccessEvidence> AskAsync(AccessEvidence evidence, ApiProbe probe, string? token)
    {
        call.Notify(new VerboseNotice($"Asking the server to {question.Verb} {question.Resource}."));
        var version = probe.AskVersionAsync();
        var request = token is not null && probe.IsList ? await probe.ListAsync(token).ConfigureAwait(false) : null;
        var answered = evidence with { Server = await version.ConfigureAwait(false), Request = request };

        // A list that succeeds or is refused says all about the token and its rights.
        var told = request?.Answer.Status is 200 or 401 or 403;
        return token is null || told
            ? answered
            : answered with { Authorization = await probe.AskRightsAsync(token).ConfigureAwait(false) };
    }
}
