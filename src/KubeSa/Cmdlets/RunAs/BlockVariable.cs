using System.Management.Automation;

namespace KubeSa.Cmdlets;

/// <summary>A variable that a script block finds where it was written, for as long as it runs; then what was there before is back.</summary>
internal sealed class BlockVariable : IDisposable
{
    private readonly PSVariableIntrinsics _variables;
    private readonly string _name;
    private readonly bool _wasThere;
    private readonly object? _before;

    internal BlockVariable(SessionState session, string name, object value)
    {
        // One of the same name may be in a scope outside, and is not ours to change.
        (_variables, _name) = (session.PSVariable, $"local:{name}");
        var before = _variables.Get(_name);
        (_wasThere, _before) = (before is not null, before?.Value);
        _variables.Set(_name, value);
    }

    public void Dispose()
    {
        if (_wasThere)
        {
            _variables.Set(_name, _before);
        }
        else if (_variables.Get(_name) is not null)
        {
            _variables.Remove(_name);
        }
    }
}
