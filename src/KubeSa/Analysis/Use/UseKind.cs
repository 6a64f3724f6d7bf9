namespace KubeSa.Analysis.Use;

/// <summary>Why a right was needed where the event itself does not name it.</summary>
internal enum UseOrigin
{
    /// <summary>The event names it.</summary>
    Asked,

    /// <summary>An update or an apply that created the object needed create as well.</summary>
    Created,

    /// <summary>A command in a pod over WebSockets is a get, and needs create as well from Kubernetes 1.35 on.</summary>
    Upgraded,

    /// <summary>The request was made as somebody else.</summary>
    Impersonated,
}

/// <summary>What was used, but for the name of the object or the path: whose right it is, to do what, where, and whether it was allowed.</summary>
internal readonly struct UseKind : IEquatable<UseKind>
{
    private readonly int _hash;

    internal UseKind(PooledText user, PooledText verb, PooledText group, PooledText resource, PooledText subresource, PooledText ns, bool isPath, bool isAllowed, UseOrigin origin)
    {
        (User, Verb, Group, Resource, Subresource, Namespace) = (user.Text, verb.Text, group.Text, resource.Text, subresource.Text, ns.Text);
        (IsPath, IsAllowed, Origin) = (isPath, isAllowed, origin);
        var hash = user.Hash ^ (verb.Hash * 3) ^ (group.Hash * 5) ^ (resource.Hash * 7) ^ (subresource.Hash * 11) ^ (ns.Hash * 13);
        _hash = HashCode.Combine(hash, isPath, isAllowed, origin);
    }

    internal string User { get; }
    internal string Verb { get; }
    internal string Group { get; }

    /// <summary>The resource in the plural; empty for a path.</summary>
    internal string Resource { get; }

    internal string Subresource { get; }

    /// <summary>The namespace; empty for all of them and for what lives in none.</summary>
    internal string Namespace { get; }

    internal bool IsPath { get; }
    internal bool IsAllowed { get; }
    internal UseOrigin Origin { get; }

    public static bool operator ==(UseKind one, UseKind other) => one.Equals(other);

    public static bool operator !=(UseKind one, UseKind other) => !one.Equals(other);

    public bool Equals(UseKind other) =>
        _hash == other._hash && User == other.User && Verb == other.Verb && Group == other.Group && Resource == other.Resource
        && Subresource == other.Subresource && Namespace == other.Namespace && IsPath == other.IsPath && IsAllowed == other.IsAllowed && Origin == other.Origin;

    public override bool Equals(object? obj) => obj is UseKind other && Equals(other);

    public override int GetHashCode() => _hash;
}
