namespace KubeSa;

/// <summary>Who made a Secret that holds a service-account token.</summary>
public enum TokenSecretMaker : long
{
    /// <summary>The server, by itself, as it did before 1.24: the account names the Secret. Its cleaner looks after such Secrets.</summary>
    Server,

    /// <summary>Somebody, on purpose. No cleaner touches it.</summary>
    User,
}
