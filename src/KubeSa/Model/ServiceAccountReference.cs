namespace KubeSa;

/// <summary>
/// Names a service account: as text, which may be <c>NAME</c>, <c>NAMESPACE/NAME</c>, <c>serviceaccount/NAME</c> as kubectl
/// prints it, or <c>system:serviceaccount:NAMESPACE:NAME</c>, or by an object that is one or belongs to one.
/// </summary>
public sealed class ServiceAccountReference
{
    /// <summary>Reads the account's name from text.</summary>
    public ServiceAccountReference(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var given = KubectlName.Without("serviceaccount", text);
        if (ServiceAccountNames.Parse(given) is { } user)
        {
            (Namespace, Name) = user;
        }
        else if (given.Split('/') is [var ns, var name])
        {
            (Namespace, Name) = (ns, name);
        }
        else
        {
            Name = given;
        }
    }

    /// <summary>Refers to an account that was read.</summary>
    public ServiceAccountReference(ServiceAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        (Namespace, Name, Uid) = (account.Namespace, account.Name, account.Uid);
        (Origin, ClusterServer) = (account.Origin, account.ClusterServer);
        (IsObject, IsAccount) = (true, true);
    }

    /// <summary>Refers to an account by an object that belongs to it, or is what is left of one that was read: in a job, in CLIXML or in JSON.</summary>
    internal ServiceAccountReference(string? @namespace, string name, string? uid) => (Namespace, Name, Uid, IsObject) = (@namespace, name, uid, true);

    /// <summary>The namespace; null where the reference names none.</summary>
    public string? Namespace { get; }

    /// <summary>The name of the account.</summary>
    public string Name { get; }

    /// <summary>The unique id of the account that was read; null for text. One that was created again has another.</summary>
    internal string? Uid { get; }

    /// <summary>The connection the object came from; null for text, and where the object has lost it.</summary>
    internal object? Origin { get; init; }

    /// <summary>The URL of the server the object came from; null for text and for objects of the user's own.</summary>
    internal string? ClusterServer { get; init; }

    /// <summary>Whether it was an object and not text.</summary>
    internal bool IsObject { get; }

    /// <summary>Whether the object was the account itself, as a server had it.</summary>
    internal bool IsAccount { get; }

    /// <summary>The account as <c>namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
