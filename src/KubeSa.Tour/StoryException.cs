namespace KubeSa.Tour;

/// <summary>A step of the story had another outcome than it must have.</summary>
internal sealed class StoryException(string message) : Exception(message);
