using KubeSa.Sandbox.Storage;

namespace KubeSa.Sandbox.Controllers;

/// <summary>Keeps something true in the background: a default account in every namespace, a token in every token Secret.</summary>
public interface IController
{
    /// <summary>Called once for every change, in order, after it was committed. Writes through the store; later work goes to <paramref name="later"/>.</summary>
    void OnChange(StoreEvent change, IDelayedWork later);
}

/// <summary>Work that is due later.</summary>
public interface IDelayedWork
{
    /// <summary>Runs <paramref name="work"/> after <paramref name="delay"/>, on the thread of the controllers.</summary>
    void After(TimeSpan delay, Action work);
}
