namespace KubeSa;

/// <summary>
/// Names a service account, as a user types it: <c>NAME</c>, <c>NAMESPACE/NAME</c>,
/// <c>system:serviceaccount:NAMESPACE:NAME</c>, or a service account from the pipeline.
/// </summary>
public sealed class ServiceAccountReference
{
    /// <summary>Reads the account's name from text.</summary>
    public ServiceAccountReference(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (ServiceAccountNames.Parse(text) is { } user)
        {
            (Namespace, Name) = user;
        }
        else if (text.Split('/') is [var ns, var name])
        {
            (Namespace, Name) = (ns, name);
        }
        else
        {
            Name = text;
        }
    }

    /// <summary>Refers to an account that was read.</summary>
    public ServiceAccountReference(ServiceAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        (Namespace, Name, Uid, Origin) = (account.Namespace, account.Name, account.Uid, account.Origin);
    }

    /// <summary>Refers to an account by what is left of one that was read: in a job, in CLIXML or in JSON.</summary>
    internal ServiceAccountReference(string? @namespace, string name, string? uid) => (Namespace, Name, Uid) = (@namespace, name, uid);

    /// <summary>The namespace; null where the reference names none.</summary>
    public string? Namespace { get; }

    /// <summary>The name of the account.</summary>
    public string Name { get; }

    /// <summary>The unique id of the account that was read; null for text. One that was created again has another.</summary>
    internal string? Uid { get; }

    /// <summary>The connection the account came from; null for text.</summary>
    internal object? Origin { get; }

    /// <summary>The account as <c>namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
