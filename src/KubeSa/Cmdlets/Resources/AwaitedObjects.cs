using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using KubeSa.Api;

namespace KubeSa.Cmdlets;

/// <summary>How it ended for one object that was waited for.</summary>
/// <param name="Met">The object as it was waited for; null where it did not come to that.</param>
/// <param name="Failure">Why it cannot come to that any more; null where it did.</param>
internal sealed record WaitOutcome(ResourceItem? Met, KubeApiException? Failure);

/// <summary>
/// The objects of one watch that are waited for, as kubectl wait has it: those that are there when all have been listed, and no
/// others, unless it is their creation that is waited for.
/// </summary>
/// <param name="resource">Their resource.</param>
/// <param name="wanted">Which.</param>
/// <param name="condition">What for.</param>
/// <param name="make">Makes the object that scripts get.</param>
internal sealed class AwaitedObjects(ApiResource resource, IReadOnlyList<WantedObject> wanted, WaitCondition condition, Func<ResourceItem, PSObject> make)
{
    // What each object lacks as it was told last.
    private readonly Dictionary<(string Namespace, string Name), string> _left = [];
    private readonly HashSet<(string Namespace, string Name)> _seen = [];
    private readonly List<WantedObject> _notThere = [];
    private bool _isListed;

    private string Noun => ResourceNames.Noun(resource);

    /// <summary>Whether there is nothing left to wait for.</summary>
    internal bool IsOver => _isListed && _left.Count == 0 && _notThere.Count == 0;

    /// <summary>Takes a change.</summary>
    internal WaitOutcome? Take(ResourceChange change)
    {
        var key = (change.Item.Namespace, change.Item.Name);
        if (_isListed && !_left.ContainsKey(key) && _notThere.RemoveAll(one => one.Matches(key.Namespace, key.Name)) == 0)
        {
            return null;
        }

        _seen.Add(key);
        if (change.Kind == ResourceChangeKind.Deleted)
        {
            return Gone(key, change.Item, $"The {Noun} '{Text(key)}' was deleted while it was waited for.", FailureKind.NotFound);
        }

        using var json = JsonDocument.Parse(change.Item.Json, new JsonDocumentOptions { MaxDepth = JsonTree.MostLevels });
        var uid = JsonPaths.Text(JsonPaths.Child(json.RootElement, "metadata"), "uid");
        if (wanted.Any(one => one.Uid is not null && one.Uid != uid && one.Matches(key.Namespace, key.Name)))
        {
            return Gone(key, null, $"The {Noun} '{Text(key)}' was deleted and created again since it was read. Read it again.", FailureKind.Conflict);
        }

        try
        {
            if (condition.IsMet(json.RootElement, () => make(change.Item)))
            {
                _left.Remove(key);
                return new WaitOutcome(change.Item, null);
            }
        }
        catch (KubeApiException failure)
        {
            _left.Remove(key);
            return new WaitOutcome(null, new KubeApiException(failure.Kind, $"{failure.Message} The {Noun} '{Text(key)}' is not waited for any longer.", Text(key)));
        }

        _left[key] = condition.Lacks(json.RootElement);
        return null;
    }

    /// <summary>All that were there have been taken: what of the named is not among them.</summary>
    internal IEnumerable<WaitOutcome> EndList()
    {
        _isListed = true;
        foreach (var one in wanted.Where(one => !_seen.Any(key => one.Matches(key.Namespace, key.Name))))
        {
            if (condition.AwaitsCreation)
            {
                _notThere.Add(one);
            }
            else if (!condition.IsDeletion)
            {
                yield return new WaitOutcome(null, one.Name.IsWildcard
                    ? new KubeApiException(FailureKind.NotFound, $"There are no {resource.FullName} that match, so there is nothing to wait for. Wait for their creation first: -For create.", one.ToString())
                    : new KubeApiException(ResourceNames.MissingKind(resource.FullName), $"There is no {Noun} '{one}' to wait for. Wait for its creation first: -For create.", one.ToString()));
            }
        }
    }

    /// <summary>The time is over.</summary>
    internal IEnumerable<KubeApiException> Late(double seconds) =>
        _left.Select(left => (Title: Text(left.Key), Lacks: left.Value))
            .Concat(_notThere.Select(one => (Title: one.ToString(), Lacks: condition.Lacks(default))))
            .Select(late => new KubeApiException(
                FailureKind.TimedOut,
                string.Create(CultureInfo.InvariantCulture, $"The {Noun} '{late.Title}' is not as it was waited for after {seconds:0.#} s: {late.Lacks}."),
                late.Title));

    private WaitOutcome? Gone((string Namespace, string Name) key, ResourceItem? item, string message, FailureKind kind)
    {
        _left.Remove(key);
        return !condition.IsDeletion ? new WaitOutcome(null, new KubeApiException(kind, message, Text(key)))
            : item is null ? null
            : new WaitOutcome(item, null);
    }

    private static string Text((string Namespace, string Name) key) => key.Namespace.Length == 0 ? key.Name : $"{key.Namespace}/{key.Name}";
}
