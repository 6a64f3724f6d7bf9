using System.Management.Automation;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>
/// A property whose value is made of its JSON when somebody first looks at it: who counts ten thousand pods, or sorts them by
/// their names, does not wait for all their specs.
/// </summary>
/// <param name="name">The name of the property.</param>
/// <param name="json">The JSON of the value.</param>
/// <param name="origin">Where the object came from; with its metadata alone.</param>
internal sealed class LazyProperty(string name, ReadOnlyMemory<byte> json, ResourceOrigin? origin) : PSNoteProperty(name, null)
{
    private ReadOnlyMemory<byte> _json = json;

    /// <inheritdoc/>
    public override object? Value
    {
        get
        {
            if (!_json.IsEmpty)
            {
                base.Value = JsonTree.Read(_json.Span);
                _json = default;
            }

            return base.Value;
        }

        set
        {
            _json = default;
            base.Value = value;
        }
    }

    /// <summary>Where the object came from. It is no property, and so neither shown nor sent back to the server.</summary>
    internal ResourceOrigin? Origin { get; } = origin;

    /// <inheritdoc/>
    public override PSMemberInfo Copy() => new LazyProperty(Name, default, Origin) { Value = Value };
}

/// <summary>Where an object came from, and its row of the server's table.</summary>
internal sealed record ResourceOrigin(Connection Cluster, ApiResource Resource, RowLayout Layout, ResourceItem Row);
