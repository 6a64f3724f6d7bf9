namespace KubeSa;

/// <summary>The proxy that the environment names for https. This check does not use it; other programs beside it do.</summary>
public sealed record ProxyEvidence
{
    /// <summary>The variable that names it: HTTPS_PROXY or https_proxy.</summary>
    public required string Variable { get; init; }

    /// <summary>The proxy without its credentials; null where the value is no address.</summary>
    public string? Value { get; init; }

    /// <summary>The variable that names the hosts to be reached without it: NO_PROXY or no_proxy; null where neither is set.</summary>
    public string? NoProxyVariable { get; init; }

    /// <summary>The value of that variable; null where it is not set.</summary>
    public string? NoProxy { get; init; }
}
