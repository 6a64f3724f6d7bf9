namespace KubeSa;

/// <summary>What every object that came from a cluster has in common: it remembers where it came from.</summary>
public abstract class KubeObject
{
    /// <summary>
    /// The connection the object was read through. Internal, so that it is in no table, JSON or CSV; the module's
    /// type file shows it to the pipeline as the hidden property <c>Connection</c>.
    /// </summary>
    internal object? Origin { get; set; }
}
