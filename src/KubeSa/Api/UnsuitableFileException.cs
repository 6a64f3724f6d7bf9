namespace KubeSa.Api;

/// <summary>A file that is there and is not read. Its message is half a sentence: "it is longer than 32 MB".</summary>
public sealed class UnsuitableFileException(string why) : IOException(why);
