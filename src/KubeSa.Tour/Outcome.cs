using System.Management.Automation;

namespace KubeSa.Tour;

/// <summary>What a command wrote, to be held against what it must have written.</summary>
internal sealed class Outcome(string command, ICollection<PSObject> output)
{
    /// <summary>One of the objects, as text, is this.</summary>
    internal void MustContain(string text)
    {
        if (!output.Any(item => item.ToString() == text))
        {
            throw new StoryException($"'{text}' is not in what '{command}' gave.");
        }
    }

    /// <summary>There is one object, and its property is this.</summary>
    internal void MustHave(string property, string value)
    {
        var actual = output.Count == 1 ? $"{output.First().Properties[property]?.Value}" : $"{output.Count} objects";
        if (actual != value)
        {
            throw new StoryException($"{property} is to be {value} but is {actual} in what '{command}' gave.");
        }
    }
}
