using KubeSa.Sandbox.Http;

namespace KubeSa.Sandbox.Faults;

/// <summary>The faults that are switched on. Safe to use from any thread, while requests run.</summary>
public sealed class FaultBoard(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly List<ActiveFault> _active = [];

    /// <summary>Told after faults were switched on or off.</summary>
    internal event Action? Changed;

    /// <summary>What is switched on.</summary>
    public IReadOnlyList<Fault> Active
    {
        get
        {
            lock (_gate)
            {
                return [.. _active.Select(a => a.Fault)];
            }
        }
    }

    /// <summary>Switches these on and all others off; throws ArgumentException for a name that is not in <see cref="FaultNames"/>.</summary>
    public void Set(params IReadOnlyList<Fault> faults)
    {
        if (faults.FirstOrDefault(f => !FaultNames.All.Contains(f.Name)) is { } unknown)
        {
            throw new ArgumentException($"There is no fault '{unknown.Name}'. There are: {string.Join(", ", FaultNames.All)}.", nameof(faults));
        }

        Replace([.. faults.Select(f => new ActiveFault(f))]);
    }

    /// <summary>Switches all off.</summary>
    public void Clear() => Replace([]);

    /// <summary>Whether a fault is on.</summary>
    public bool Has(string name)
    {
        lock (_gate)
        {
            return _active.Exists(a => a.Fault.Name == name);
        }
    }

    /// <summary>The first fault of the given names that befalls a request; counted as one of its times.</summary>
    internal ActiveFault? Take(RequestInfo info, Func<string, bool> isKnown)
    {
        lock (_gate)
        {
            var found = _active.Find(a => isKnown(a.Fault.Name) && a.Concerns(info) && !a.Spares());
            if (found is not null && found.IsUsedUp())
            {
                _active.Remove(found);
            }

            return found;
        }
    }

    private void Replace(List<ActiveFault> faults)
    {
        lock (_gate)
        {
            _active.ForEach(a => a.End());
            _active.Clear();
            _active.AddRange(faults);
        }

        foreach (var fault in faults.Where(f => f.Fault.Seconds is not null))
        {
            fault.EndAfter(time, TimeSpan.FromSeconds(fault.Fault.Seconds!.Value), () => Lift(fault));
        }

        Changed?.Invoke();
    }

    private void Lift(ActiveFault fault)
    {
        bool wasActive;
        lock (_gate)
        {
            wasActive = _active.Remove(fault);
            fault.End();
        }

        if (wasActive)
        {
            Changed?.Invoke();
        }
    }
}
