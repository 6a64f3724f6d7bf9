using KubeSa.Api;

namespace KubeSa.Connections;

/// <summary>
/// Which cluster a command acts on: the one place where that is decided. What is typed wins; else a live input goes back to
/// where it came from; else the runspace's current connection is used; else the kubeconfig, else the pod's mount.
/// </summary>
/// <param name="typed">The connection that is typed; null for none.</param>
/// <param name="named">The context or kubeconfig file that is typed; null for none.</param>
/// <param name="changesInput">Whether the command changes or deletes the very object that is its input.</param>
/// <param name="open">Runs what opens a connection, so that whoever waits for its files can be stopped.</param>
internal sealed class ClusterChoice(Connection? typed, ConnectionOptions? named, bool changesInput, Func<Func<Connection>, Connection> open)
{
    private Connection? _opened;

    /// <summary>
    /// The connection for an input that came from these places. ConnectionMismatch where it would be taken to another cluster
    /// without the user's word, and where it would be changed there.
    /// </summary>
    /// <param name="about">The input, for the error.</param>
    /// <param name="origins">Where it came from: the piped object and what else was given with it.</param>
    internal Connection For(string? about, params ReadOnlySpan<ClusterOrigin> origins)
    {
        var chosen = Typed() ?? LiveOf(origins) ?? RunspaceConnections.Here.Current ?? RunspaceConnections.Here.GetOrOpen(new ConnectionOptions(), open);
        if (IsTyped && !changesInput)
        {
            return chosen;
        }

        foreach (var origin in origins)
        {
            if (origin.KnownServer is { } server && !ServerUrl.Same(server, chosen.Server))
            {
                throw Mismatch(about, origin, chosen);
            }
        }

        return chosen;
    }

    /// <summary>Why <see cref="For"/> chose that connection.</summary>
    internal string Why(Connection chosen, params ReadOnlySpan<ClusterOrigin> origins) =>
        typed is not null ? "-Connection names it"
        : named is not null ? $"{(named.Context is null ? "-KubeConfig" : "-Context")} names it"
        : LiveOf(origins) is not null ? "the input came from it"
        : ReferenceEquals(chosen, RunspaceConnections.Here.Current) ? "it is the session's current connection"
        : chosen.Source == ConnectionSource.Pod ? "there is no kubeconfig, and this pod has a service account"
        : "no other is named, and it is the kubeconfig's current context";

    private bool IsTyped => typed is not null || named is not null;

    // Opened once: a pipeline does not change its cluster in the middle because a file has changed.
    private Connection? Typed() => typed ?? (named is null ? null : _opened ??= RunspaceConnections.Here.GetOrOpen(named, open));

    private static Connection? LiveOf(ReadOnlySpan<ClusterOrigin> origins)
    {
        foreach (var origin in origins)
        {
            if (origin.Live is { } live)
            {
                return live;
            }
        }

        return null;
    }

    private KubeApiException Mismatch(string? about, ClusterOrigin origin, Connection chosen)
    {
        var what = about is null ? "The input" : $"'{about}'";
        var why = IsTyped ? "but the command names" : "but the command would use";
        return new KubeApiException(
            FailureKind.ConnectionMismatch,
            $"{what} came from {origin.Title}, {why} {chosen.Title}. Nothing was done. "
            + "Name the cluster that you mean with -Context or -Connection, or read the object from it first.",
            about ?? origin.KnownServer);
    }
}
