using KubeSa.Secrecy;

namespace KubeSa;

/// <summary>A right that was used, or that is held and was not, as the API server's audit log shows it.</summary>
public sealed class AccessUse : KubeObject
{
    /// <summary>The namespace of the account; null for a user that is no service account.</summary>
    public string? Namespace { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the account; null for a user that is no service account.</summary>
    public string? ServiceAccount { get; init => field = SafeName.Of(value); }

    /// <summary>The user as the server knows it: <c>system:serviceaccount:NAMESPACE:NAME</c> for an account.</summary>
    public required string UserName { get; init => field = SafeName.Of(value); }

    /// <summary>The account as <c>namespace/name</c>, or the user.</summary>
    public string Account => ServiceAccount is null ? UserName : $"{Namespace}/{ServiceAccount}";

    /// <summary>The verb, or the HTTP method in lower case for a path.</summary>
    public required string Verb { get; init => field = SafeName.Of(value); }

    /// <summary>The API group of the resource; empty for the core group, null for a path.</summary>
    public string? Group { get; init => field = SafeName.Of(value); }

    /// <summary>The resource in the plural; null for a path.</summary>
    public string? Resource { get; init => field = SafeName.Of(value); }

    /// <summary>The subresource, such as log; null for none.</summary>
    public string? Subresource { get; init => field = SafeName.Of(value); }

    /// <summary>The namespace that the request was about; null for all of them and for what lives in none.</summary>
    public string? Scope { get; init => field = SafeName.Of(value); }

    /// <summary>The name of the object; null where the request was about all of them, and where more names were seen than are kept apart.</summary>
    public string? Name { get; init => field = SafeName.Of(value); }

    /// <summary>Whether this counts the objects, or paths, whose names are too many to be kept apart.</summary>
    public bool HasMoreNames { get; init; }

    /// <summary>The path, without its query, of a request that was about no resource; null for a resource.</summary>
    public string? Path { get; init => field = SafeName.Of(value); }

    /// <summary>The right in one text: <c>get deployments.apps/scale 'web' in team-a</c>.</summary>
    public string Right => $"{Verb} {What}{(Path is null ? Scope is null ? " in the cluster" : $" in {Scope}" : string.Empty)}";

    /// <summary>How many requests used it.</summary>
    public long Count { get; init; }

    /// <summary>When it was used first, in local time; null where no event had a time, or where it was not used.</summary>
    public DateTime? First { get; init; }

    /// <summary>When it was used last, in local time.</summary>
    public DateTime? Last { get; init; }

    /// <summary>On how many days, by UTC, it was used.</summary>
    public int Days { get; init; }

    /// <summary>The pods that used it, as the server named them; some of them where there were very many. Servers before 1.32 name them for bound tokens alone.</summary>
    public string[] Pods { get; init => field = SafeName.All(value); } = [];

    /// <summary>What these pods belong to, by their names: Deployments, Jobs and others.</summary>
    public string[] Workloads { get; init => field = SafeName.All(value); } = [];

    /// <summary>The nodes of these pods.</summary>
    public string[] Nodes { get; init => field = SafeName.All(value); } = [];

    /// <summary>How clients named themselves, which anybody may do as they like; eight of them at most.</summary>
    public string[] UserAgents { get; init => field = SafeName.All(value); } = [];

    /// <summary>Whether there were more pods, workloads, nodes or clients than are listed.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether the requests were authorized. Those that were not asked for a right that the account does not have.</summary>
    public bool Allowed { get; init; }

    /// <summary>The bindings by which it was allowed, as <c>RoleBinding team-a/reader</c>; empty where the log does not name them.</summary>
    public string[] Bindings { get; init => field = SafeName.All(value); } = [];

    /// <summary>The same in one text; null where the log names none.</summary>
    public string? Binding => Bindings.Length == 0 ? null : string.Join(", ", Bindings);

    /// <summary>The role that gives an unused right, as <c>ClusterRole view</c>; null for one that was used.</summary>
    public string? Role { get; init => field = SafeName.Of(value); }

    /// <summary>Why the right was needed where the request did not name it; null where it did.</summary>
    public string? Reason { get; init => field = SafeName.Of(value); }

    /// <summary>How many of the requests came with a token of a Secret, which never expires.</summary>
    public long LegacyTokenCount { get; init; }

    /// <summary>The Secrets of these tokens, where the server names them.</summary>
    public string[] LegacyTokenSecrets { get; init => field = SafeName.All(value); } = [];

    /// <summary>How many of the requests came with a token that the client should have renewed.</summary>
    public long StaleTokenCount { get; init; }

    /// <summary>The audit id of one of the requests, to be found in the log again; null where none had one.</summary>
    public string? AuditId { get; init => field = SafeName.Of(value); }

    /// <summary>Why a right that is held was not seen in use; null for one that was used.</summary>
    public string? Why { get; init => field = SafeName.Of(value); }

    /// <summary>The same for programs; null for a right that was used.</summary>
    public AccessUseGap? Gap { get; init; }

    private string What => Path is not null ? Path : SafeName.Of(
        Resource + (Group is { Length: > 0 } ? $".{Group}" : string.Empty) + (Subresource is null ? string.Empty : $"/{Subresource}")
        + (Name is null ? HasMoreNames ? " (further names)" : string.Empty : $" '{Name}'"));

    /// <summary>Who used what how often, or did not.</summary>
    public override string ToString() => $"{Account}: {Right}{(Why is null ? $", {Count} times{(Allowed ? string.Empty : ", refused")}" : $" ({Why})")}";
}
