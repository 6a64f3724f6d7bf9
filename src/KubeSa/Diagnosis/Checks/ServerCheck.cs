namespace KubeSa.Diagnosis.Checks;

/// <summary>What answers is a Kubernetes API server, and ready.</summary>
internal static class ServerCheck
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(1);

    internal static Finding Judge(AccessEvidence evidence)
    {
        if (evidence.Server is not { Answer: { } answer } server)
        {
            return Finding.Unseen();
        }

        if (server is { Readiness: { Outcome: StepOutcome.Done, Status: >= 500 } })
        {
            return NotReady(server);
        }

        var finding = answer switch
        {
            { Outcome: not StepOutcome.Done } => NetworkFindings.Fail(answer.Outcome, "Asking the server for its version", answer.Error, connected: true),
            { Status: 200 } when server.GitVersion is not null => Greet(evidence, server),
            { Status: 401 or 403, Kind: "Status" } => Finding.Pass("A Kubernetes API server, which does not tell strangers its version."),
            _ when answer.IsRefusalFromInFront => FrontProxyFinding.Seen(answer),
            { Status: 429 } => Throttled(answer),
            { Status: >= 500 } => Unavailable(answer),
            _ => Finding.Fail(
                AccessCause.NotKubernetes,
                $"What answers at {evidence.Environment.ApiServer} is not a Kubernetes API server: {answer.Path} gives {answer.Status} as {answer.ContentType ?? "nothing"}.",
                "See whether host and port are those of the API server, and whether a proxy or a login page stands in between."),
        };
        return finding.Status == AccessCheckStatus.Fail && ResponseFacts.ComeFromKubernetes(evidence)
            ? finding.Excused("It answers other requests as Kubernetes does.")
            : finding;
    }

    internal static Finding Throttled(HttpEvidence answer) => Finding.Fail(
        AccessCause.Throttled,
        $"The server has too many requests (429){(answer.RetryAfter is { } wait ? $" and asks to wait {ReportPhrases.Span(wait)}" : string.Empty)}.",
        "Wait and try again. If it goes on, see which client asks so much (apiserver_flowcontrol_rejected_requests_total) and give the account a priority level.");

    internal static Finding Unavailable(HttpEvidence answer) => Finding.Fail(
        AccessCause.ServerUnavailable,
        $"The server answers {answer.Method} {answer.Path.Split('?')[0]} with {answer.Status}{(answer.Message is { } message ? $": {message}" : string.Empty)}.",
        "See Invoke-KubeRestMethod '/readyz?verbose', the API server's log, and whether etcd is healthy; a load balancer in between answers so, too, when no API server is up.");

    // What it answers meanwhile, such as that nobody may do anything, is evidence all the same.
    private static Finding NotReady(ServerEvidence server)
    {
        var version = server.GitVersion is { } git ? $"Kubernetes {git}" : "The server";
        var failing = server.NotReady.Count == 0 ? string.Empty : $"; what fails: {string.Join(", ", server.NotReady)}";
        return Finding.Fail(
            AccessCause.ServerUnavailable,
            $"{version} says that it is not ready: /readyz gives {server.Readiness!.Status}{failing}.",
            "Wait, where it has just started. If it goes on, see Invoke-KubeRestMethod '/readyz?verbose', the API server's log, and whether etcd is healthy.") with
        {
            GoesOn = server.Answer is { Outcome: StepOutcome.Done, Status: < 500 and not 429 },
        };
    }

    private static Finding Greet(AccessEvidence evidence, ServerEvidence server)
    {
        var greeting = $"Kubernetes {server.GitVersion}.";
        return ServerClock.Skew(evidence) is { } skew && skew.Duration() > MostSkew
            ? Finding.Warn(
                $"{greeting} Its clock is {ReportPhrases.Span(skew)} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine's.",
                "Set the clocks right (NTP): tokens and certificates are judged by them.")
            : Finding.Pass(greeting);
    }
}
