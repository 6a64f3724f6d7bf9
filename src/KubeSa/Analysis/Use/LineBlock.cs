namespace KubeSa.Analysis.Use;

/// <summary>Some lines of a log, each with one JSON object, or what should be one.</summary>
/// <param name="Bytes">A buffer that is longer than the lines.</param>
/// <param name="Length">How many bytes of it count.</param>
/// <param name="FirstLine">The number of the first line.</param>
internal readonly record struct LineBlock(byte[] Bytes, int Length, long FirstLine);
