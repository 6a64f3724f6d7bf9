namespace KubeSa.Analysis.Use;

/// <summary>What an audit event tells of the use of a right; filled anew for each event.</summary>
internal sealed class AuditEvent
{
    internal string ApiVersion { get; set; } = string.Empty;
    internal string Kind { get; set; } = string.Empty;
    internal PooledText Level { get; set; } = PooledText.Empty;
    internal PooledText Stage { get; set; } = PooledText.Empty;
    internal PooledText Verb { get; set; } = PooledText.Empty;
    internal PooledText User { get; set; } = PooledText.Empty;
    internal PooledText Group { get; set; } = PooledText.Empty;
    internal PooledText Resource { get; set; } = PooledText.Empty;
    internal PooledText Subresource { get; set; } = PooledText.Empty;
    internal PooledText Namespace { get; set; } = PooledText.Empty;
    internal PooledText Name { get; set; } = PooledText.Empty;

    /// <summary>The path without its query where the event is about no resource.</summary>
    internal PooledText Path { get; set; } = PooledText.Empty;

    internal PooledText Pod { get; set; } = PooledText.Empty;
    internal PooledText Node { get; set; } = PooledText.Empty;
    internal PooledText Agent { get; set; } = PooledText.Empty;

    /// <summary>The binding that the reason annotation names, as <c>RoleBinding ns/name</c>; empty where it names none.</summary>
    internal string Binding { get; set; } = string.Empty;

    /// <summary>allow or forbid; empty where the event has no such annotation.</summary>
    internal PooledText Decision { get; set; } = PooledText.Empty;

    /// <summary>The code of the answer; 0 where there is none.</summary>
    internal int Code { get; set; }

    /// <summary>When the request arrived, in ticks of UTC; 0 where that cannot be read.</summary>
    internal long Ticks { get; set; }

    /// <summary>The audit id together with who asked what, as a hash; 0 where the event has no id.</summary>
    internal ulong Id { get; set; }

    /// <summary>The audit id as it stands; kept only until the next event.</summary>
    internal Guid AuditId { get; set; }

    internal bool HasObject { get; set; }
    internal bool IsStale { get; set; }
    internal bool IsLegacy { get; set; }

    /// <summary>The token Secret of a legacy token, where the server names it.</summary>
    internal PooledText LegacySecret { get; set; } = PooledText.Empty;

    /// <summary>As whom the request was made; null where it was made as the user itself.</summary>
    internal ImpersonatedUser? Impersonated { get; set; }

    /// <summary>Whether the answer says that the user may not act as another.</summary>
    internal bool IsImpersonationRefused { get; set; }

    /// <summary>Whether the server logs the start and the end of such requests, maybe days apart.</summary>
    internal bool IsLongRunning =>
        Verb.Text is "watch" or "proxy" || Subresource.Text is "attach" or "exec" or "proxy" or "log" or "portforward";

    /// <summary>Whether the request was authorized; null where the event does not tell.</summary>
    internal bool? IsAllowed => Decision.Text switch
    {
        "allow" => true,
        "forbid" or "deny" => false,
        _ => Code switch
        {
            0 => null,
            401 or 403 => false,
            _ => true,
        },
    };

    internal void Clear()
    {
        (ApiVersion, Kind, Binding) = (string.Empty, string.Empty, string.Empty);
        (Level, Stage, Verb, User) = (PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty);
        (Group, Resource, Subresource, Namespace, Name) = (PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty);
        (Path, Pod, Node, Agent, Decision, LegacySecret) = (PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty, PooledText.Empty);
        (Code, Ticks, Id, AuditId) = (0, 0, 0, Guid.Empty);
        (HasObject, IsStale, IsLegacy, Impersonated, IsImpersonationRefused) = (false, false, false, null, false);
    }
}

/// <summary>As whom somebody acted.</summary>
/// <param name="Name">The user.</param>
/// <param name="Uid">The uid that was asked for; empty for none.</param>
/// <param name="Groups">The groups of that user, those that the server adds among them.</param>
/// <param name="Extra">Further facts, as key and value.</param>
internal sealed record ImpersonatedUser(string Name, string Uid, IReadOnlyList<string> Groups, IReadOnlyList<KeyValuePair<string, string>> Extra)
{
    /// <summary>The constrained mode, such as impersonate:user-info; empty for the right named impersonate.</summary>
    internal string Constraint { get; init; } = string.Empty;
}
